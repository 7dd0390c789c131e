package dev.axon64.machine.engine;

import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.RegionRun;
import dev.axon64.machine.translate.Translator.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a translating engine makes of hot code, and what its regions execute. */
public final class RegionCounts implements RegionWatch, WatchedRegion.Listener {
  /** Regions are left so often before their validity is looked at again. */
  private static final int LOOK = 1 << 12;

  private final List<Made> made = new ArrayList<>();
  private final List<Made> valid = new ArrayList<>();
  private final Map<Integer, long[]> exits = new TreeMap<>();
  private long refused;
  private long nanoseconds;
  private long entries;
  private long executed;
  private int depth;

  @Override
  public Optional<Region> made(Made each) {
    nanoseconds += each.nanoseconds();
    look();
    if (each.translation().isEmpty()) {
      refused++;
      return Optional.empty();
    }
    made.add(each);
    valid.add(each);
    return Optional.of(new WatchedRegion(each.translation().get().region(), this));
  }

  @Override
  public void entered() {
    entries++;
    depth++;
  }

  @Override
  public void left(int reason, long instructions) {
    exits.computeIfAbsent(reason, each -> new long[1])[0]++;
    if (entries % LOOK == 0) {
      look();
    }
    depth--;
    if (depth == 0) { // otherwise a part of what the region that called it executes
      executed += instructions;
    }
  }

  /** Regions that were made. */
  public long made() {
    return made.size();
  }

  /** Addresses that no region could be made for. */
  public long refused() {
    return refused;
  }

  /** The end of a guest makes all its regions invalid, so that this cannot be done afterwards. */
  private void look() {
    valid.removeIf(each -> !each.valid().getAsBoolean());
  }

  /** Regions whose code the guest has changed or unmapped, as far as that was noticed. */
  public long dropped() {
    return made.size() - valid.size();
  }

  /** Guest instructions in all regions. */
  public long instructions() {
    return translations().stream().mapToLong(Translation::instructions).sum();
  }

  /** Bytes of bytecode in all regions. */
  public long bytes() {
    return translations().stream().mapToLong(Translation::bytes).sum();
  }

  private List<Translation> translations() {
    return made.stream().flatMap(each -> each.translation().stream()).toList();
  }

  /** Nanoseconds that the translator took. */
  public long nanoseconds() {
    return nanoseconds;
  }

  /** How often regions were entered. */
  public long entries() {
    return entries;
  }

  /** Instructions that regions executed. */
  public long executed() {
    return executed;
  }

  /** How often regions were left, by the name of the reason. */
  public Map<String, Long> exits() {
    Map<String, Long> all = new TreeMap<>();
    exits.forEach((reason, count) -> all.put(name(reason), count[0]));
    return all;
  }

  /** The name of why a region was left. */
  public static String name(int reason) {
    return switch (reason) {
      case RegionRun.LEFT -> "left";
      case RegionRun.UNABLE -> "unable";
      case RegionRun.BUDGET -> "budget";
      case RegionRun.JUMPED -> "jumped";
      case RegionRun.ELSEWHERE -> "elsewhere";
      case RegionRun.REFUSED -> "refused";
      case WatchedRegion.STOPPED -> "stopped";
      default -> throw new IllegalArgumentException("no reason: " + reason);
    };
  }
}
