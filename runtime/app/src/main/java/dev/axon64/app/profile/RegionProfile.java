package dev.axon64.app.profile;

import dev.axon64.machine.engine.RegionCounts;
import dev.axon64.machine.engine.RegionWatch;
import dev.axon64.machine.engine.WatchedRegion;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator.Translation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** What became of each region: how often it was entered, what it executed, and why it was left. */
final class RegionProfile implements RegionWatch {
  private final LongFunction<GuestSymbols.Place> places;
  private final List<Entry> regions = new ArrayList<>();

  /** What the regions that were entered last have executed in regions that they called. */
  private final List<long[]> called = new ArrayList<>();

  /**
   * @param places names addresses of the guest that runs now
   */
  RegionProfile(LongFunction<GuestSymbols.Place> places) {
    this.places = places;
  }

  /** One region. */
  final class Entry implements WatchedRegion.Listener {
    private final Made made;
    private final GuestSymbols.Place place;
    private final Map<String, Long> exits = new TreeMap<>();
    private long entered;
    private long executed;

    Entry(Made made) {
      this.made = made;
      this.place = places.apply(made.pc());
    }

    @Override
    public void entered() {
      entered++;
      called.add(new long[1]);
    }

    @Override
    public void left(int reason, long instructions) {
      exits.merge(RegionCounts.name(reason), 1L, Long::sum);
      executed += instructions - called.removeLast()[0];
      if (!called.isEmpty()) {
        called.getLast()[0] += instructions;
      }
    }

    long pc() {
      return made.pc();
    }

    GuestSymbols.Place place() {
      return place;
    }

    Translation translation() {
      return made.translation().orElseThrow();
    }

    /** Nanoseconds that the translator took. */
    long nanoseconds() {
      return made.nanoseconds();
    }

    long entries() {
      return entered;
    }

    /** Instructions without those of regions that it called. */
    long executed() {
      return executed;
    }

    /** How often it was left, by the name of the reason. */
    Map<String, Long> exits() {
      return exits;
    }

    /** The name of its class. */
    String type() {
      return translation().region().getClass().getName();
    }
  }

  @Override
  public Optional<Region> made(Made made) {
    return made.translation()
        .map(
            translation -> {
              Entry entry = new Entry(made);
              regions.add(entry);
              return new WatchedRegion(translation.region(), entry);
            });
  }

  /** All regions, those that executed most first. */
  List<Entry> regions() {
    List<Entry> sorted = new ArrayList<>(regions);
    sorted.sort(Comparator.comparingLong(Entry::executed).reversed().thenComparingLong(Entry::pc));
    return sorted;
  }
}
