package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.process.MappedFile;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Takes the mappings and the pages of a process for a snapshot. */
final class MemoryCapture {
  private static final int PAGE = AddressSpace.PAGE;
  private static final byte[] ZEROES = new byte[PAGE];

  private final ProcessMemory memory;
  private final SnapshotWriter writer;
  private final Function<String, InputException> refusal;
  private final List<GuestImage.Region> regions = new ArrayList<>();
  private final Runs touched = new Runs();
  private final Map<Backing, Known> known = new IdentityHashMap<>();
  private final List<Known> sources = new ArrayList<>();

  /** What several mappings may show, and which of its pages are in the snapshot. */
  private record Known(int index, Backing backing, Runs runs, Set<Long> offsets) {}

  /** Collects pages, and joins neighbours to runs. */
  private static final class Runs {
    private final List<GuestImage.Run> all = new ArrayList<>();

    void add(long number, int index) {
      GuestImage.Run last = all.isEmpty() ? null : all.getLast();
      if (last != null
          && last.first() + last.count() == number
          && last.index() + last.count() == index) {
        all.set(all.size() - 1, new GuestImage.Run(last.first(), last.index(), last.count() + 1));
      } else {
        all.add(new GuestImage.Run(number, index, 1));
      }
    }
  }

  /**
   * Takes nothing yet.
   *
   * @param refusal makes the exception for a guest that has what cannot be put back
   */
  MemoryCapture(
      ProcessMemory memory, SnapshotWriter writer, Function<String, InputException> refusal) {
    this.memory = memory;
    this.writer = writer;
    this.refusal = refusal;
  }

  List<GuestImage.Region> regions() {
    return regions;
  }

  List<GuestImage.Source> sources() {
    return sources.stream()
        .map(source -> new GuestImage.Source(source.backing.kind(), source.runs.all))
        .toList();
  }

  List<GuestImage.Run> touched() {
    return touched.all;
  }

  /** Writes the pages and collects where they belong. */
  void take() {
    for (Mapping mapping : memory.space.mappings()) {
      MappedFile file = memory.mappedFiles.get(mapping.backing());
      if (file != null && file.shared() && file.file().isWritable()) {
        throw refusal.apply("has mapped " + file.file().path() + " for writing");
      }
      if (mapping.backing().kind() == Backing.Kind.ZEROES) {
        zeroes(mapping);
      } else {
        sourced(mapping);
      }
    }
  }

  private void zeroes(Mapping mapping) {
    regions.add(region(mapping, -1));
    memory.space.forEachTouched(
        mapping.start(),
        mapping.size(),
        address -> {
          byte[] page = memory.space.contents(address);
          if (!Arrays.equals(page, ZEROES)) {
            touched.add(address / PAGE, writer.add(address / PAGE, page));
          }
        });
  }

  private void sourced(Mapping mapping) {
    Known source = known.get(mapping.backing());
    if (source == null) {
      source = new Known(sources.size(), mapping.backing(), new Runs(), new HashSet<>());
      known.put(mapping.backing(), source);
      sources.add(source);
    }
    regions.add(region(mapping, source.index));
    for (long address = mapping.start(); address < mapping.end(); address += PAGE) {
      sourced(mapping, source, address);
    }
  }

  /** Takes a page of a mapping that begins with other contents than zeroes, and those contents. */
  private void sourced(Mapping mapping, Known source, long address) {
    byte[] original = new byte[PAGE];
    long offset = mapping.offset() + (address - mapping.start());
    boolean there = source.backing.original(offset, original);
    byte[] own = mapping.isShared() ? null : memory.space.contents(address);
    boolean changed = own != null && !(there && Arrays.equals(own, original));
    if (changed) {
      touched.add(address / PAGE, writer.add(address / PAGE, own));
    }
    boolean zeroes =
        mapping.backing().kind() == Backing.Kind.SHARED && Arrays.equals(original, ZEROES);
    if (there && !zeroes && source.offsets.add(offset)) {
      source.runs.add(offset / PAGE, writer.add(changed ? -1 : address / PAGE, original));
    }
  }

  private static GuestImage.Region region(Mapping mapping, int source) {
    return new GuestImage.Region(
        mapping.start(),
        mapping.end(),
        mapping.protection(),
        mapping.name(),
        source,
        mapping.offset());
  }
}
