package dev.axon64.machine.lockstep;

import dev.axon64.machine.engine.RegionWatch;
import dev.axon64.machine.engine.WatchedRegion;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.RegionText;
import dev.axon64.machine.translate.Translator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Remembers which regions were entered last, and can say what is in them. */
public final class RegionLog implements RegionWatch {
  private static final int MOST = 64;

  private final Translator translator;
  private final Deque<Made> entered = new ArrayDeque<>();
  private long made;

  /**
   * @param translator makes regions as the engine's own does; used by the thread that runs the
   *     guest
   */
  public RegionLog(Translator translator) {
    this.translator = translator;
  }

  @Override
  public Optional<Region> made(Made region) {
    return region
        .translation()
        .map(
            translation -> {
              made++;
              return new WatchedRegion(translation.region(), new Entering(region));
            });
  }

  private final class Entering implements WatchedRegion.Listener {
    private final Made region;

    Entering(Made region) {
      this.region = region;
    }

    @Override
    public void entered() {
      entered.addFirst(region);
      if (entered.size() > MOST) {
        entered.removeLast();
      }
    }

    @Override
    public void left(int reason, long executed) {
      // Only what was entered is asked for.
    }
  }

  /** The number of regions that were made. */
  public long made() {
    return made;
  }

  /** The regions that were entered last, the last one first. */
  List<Made> lastEntered() {
    return List.copyOf(entered);
  }

  /** Forgets what was entered until now. */
  void clear() {
    entered.clear();
  }

  /** What is in a region. */
  Optional<RegionText> text(Made region) {
    return translator.text(region.code(), region.pc(), region.generation());
  }
}
