package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Maps what a guest had mapped, and lets the pages that it had touched come when they are used. */
final class MemoryRestoration {
  private static final int PAGE = AddressSpace.PAGE;
  private static final int ALL = AddressSpace.READ | AddressSpace.WRITE | AddressSpace.EXECUTE;

  private final Snapshot snapshot;
  private final LazyPages pages;

  MemoryRestoration(Snapshot snapshot, LazyPages pages) {
    this.snapshot = snapshot;
    this.pages = pages;
  }

  void fill(AddressSpace space) {
    GuestImage image = snapshot.image();
    space.watchTouches();
    List<Backing> sources = new ArrayList<>();
    image.sources().forEach(source -> sources.add(backing(source)));
    for (GuestImage.Region region : image.regions()) {
      if ((region.protection() & ~ALL) != 0 || (region.offset() & PAGE - 1) != 0) {
        throw new IllegalArgumentException("region");
      }
      Backing backing = region.source() < 0 ? Backing.anonymous() : sources.get(region.source());
      space.map(
          new Mapping(
              region.start(),
              region.end(),
              region.protection(),
              backing,
              region.offset(),
              region.name() == null ? "" : region.name()));
    }
    for (GuestImage.Run run : image.touched()) {
      check(run);
      for (int i = 0; i < run.count(); i++) {
        if (!space.expect((run.first() + i) * PAGE, run.index() + i, pages)) {
          throw new InputException(
              snapshot.file().toString(),
              "needs more memory than it may have; raise the memory limit");
        }
      }
    }
  }

  private Backing backing(GuestImage.Source source) {
    Map<Long, Integer> index = new HashMap<>();
    for (GuestImage.Run run : source.runs()) {
      check(run);
      for (int i = 0; i < run.count(); i++) {
        index.put((run.first() + i) * PAGE, run.index() + i);
      }
    }
    boolean zeroes = source.kind() == Backing.Kind.SHARED;
    Backing.Source bytes =
        (offset, page) -> {
          Integer place = index.get(offset);
          if (place != null) {
            pages.original(place, page);
          }
          return place != null || zeroes;
        };
    return switch (source.kind()) {
      case ZEROES -> Backing.anonymous();
      case FILE -> Backing.privateFile(bytes);
      case SHARED -> Backing.sharedAnonymous(bytes);
      case SHARED_FILE -> Backing.sharedFile(bytes);
    };
  }

  private void check(GuestImage.Run run) {
    if (run.index() < 0
        || run.count() < 0
        || run.index() > snapshot.pages() - run.count()
        || run.first() < 0
        || run.first() > AddressSpace.END / PAGE - run.count()) {
      throw new IllegalArgumentException("run");
    }
  }
}
