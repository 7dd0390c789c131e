package dev.axon64.weights.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorCurveTest {
  private static List<String> all(String pattern, String svg) {
    return Pattern.compile(pattern)
        .matcher(svg)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void bothErrorsAreDrawnOverTheEpochs() {
    String svg =
        ErrorCurve.svg(
            "Training of it",
            List.of(new Epoch(0, 2, 1), new Epoch(1, 1.5, 0.5), new Epoch(2, 0, 0.25)));
    assertEquals(
        List.of("64.0,56.0 392.0,120.0 720.0,312.0", "64.0,184.0 392.0,248.0 720.0,280.0"),
        all("points=\"([^\"]*)\"", svg));
    assertEquals(
        List.of("0.00", "0.50", "1.00", "1.50", "2.00"), all("\"end\">([^<]*)<", svg), "errors");
    assertEquals(List.of("0", "1", "2"), all("\"middle\">([^<]*)<", svg), "epochs");
    assertTrue(svg.contains("<title>Training of it</title>"), svg);
  }

  /** A training that starts at its best has one epoch, and may be free of error. */
  @Test
  void oneEpochWithoutErrorIsAPicture() {
    String svg = ErrorCurve.svg("t", List.of(new Epoch(0, 0, 0)));
    assertEquals(List.of("64.0,312.0", "64.0,312.0"), all("points=\"([^\"]*)\"", svg));
  }
}
