package dev.axon64.machine.engine;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Hot code that is to be translated once there is an allowance for it. */
final class WantedCode {
  /** Places that are remembered; colder ones are forgotten until they have become hotter. */
  private static final int MOST = 256;

  private static final Comparator<Place> BY_HEAT = Comparator.comparingInt(Place::heat);

  /**
   * Where a region is to be entered.
   *
   * @param page the page that holds it
   */
  record Place(CodePage page, long pc, CodeCache cache) {
    /** How often branches have led there. */
    int heat() {
      return page.heat(pc);
    }

    /** Whether it is still in memory, and nothing has been made there meanwhile. */
    boolean isWanted() {
      return page.valid && page.entries().at[CodePage.index(pc)] == null;
    }
  }

  private final Set<Place> places = new LinkedHashSet<>();

  void add(CodePage page, long pc, CodeCache cache) {
    places.add(new Place(page, pc, cache));
    if (places.size() > MOST) {
      places.remove(places.stream().min(BY_HEAT).orElseThrow());
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Takes the hottest place away. */
  Place take() {
    Place hottest = places.stream().max(BY_HEAT).orElseThrow();
    places.remove(hottest);
    return hottest;
  }
}
