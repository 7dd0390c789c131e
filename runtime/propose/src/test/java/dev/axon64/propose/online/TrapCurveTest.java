package dev.axon64.propose.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.propose.online.TrapSeries.Point;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TrapCurveTest {
  private static final long SECOND = 1_000_000_000L;

  private static List<String> all(String pattern, String svg) {
    return Pattern.compile(pattern).matcher(svg).results().map(found -> found.group(1)).toList();
  }

  /** A slice with a trap in every instruction, one with none, and an end without instructions. */
  private static String picture(long seconds) {
    Service first = Service.first(null, null);
    long half = seconds * SECOND / 2;
    return TrapCurve.svg(
        "a64",
        List.of(
            new Point(0, 0, 0),
            new Point(half, 1000, 1000),
            new Point(2 * half, 3000, 1000),
            new Point(3 * half, 3000, 1000)),
        List.of(
            first,
            first.again("swap 1, script 3", half),
            first.again("swap 2, certified", 5 * half)));
  }

  @Test
  void ratesAreStepsAndZeroLiesOnTheAxis() {
    String svg = picture(2);
    assertEquals(
        List.of("72.0,56.0 464.0,56.0 464.0,376.0 856.0,376.0"), all("points=\"([^\"]*)\"", svg));
    assertEquals(List.of("swap 1, script 3"), all("><title>([^<]*)<", svg), "while executing");
    assertTrue(svg.contains("x1=\"464.0\" y1=\"56\" x2=\"464.0\" y2=\"376\""), svg);
    assertEquals(
        List.of("0", "0.1", "1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"),
        all("\"end\">([^<]*)<", svg));
  }

  @Test
  void secondsAreTold() {
    assertEquals(List.of("0", "0.5", "1", "1.5", "2"), all("\"middle\">([^<]*)<", picture(2)));
    assertEquals(List.of("0", "500", "1000"), all("\"middle\">([^<]*)<", picture(1000)));
  }
}
