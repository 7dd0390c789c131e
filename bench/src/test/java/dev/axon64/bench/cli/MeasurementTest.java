package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final DispatchCase BATCH = new DispatchCase(DispatchExecutor.SIMD, "random", 4096);
  private static final DispatchCase SINGLE = new DispatchCase(DispatchExecutor.ONNX, "random", 1);

  @Test
  void medianAndSpreadAreOverAllIterations() {
    Measurement<DispatchCase> m = measured(BATCH, new double[] {10, 30}, new double[] {20, 40, 50});
    assertEquals(30, m.nanoseconds());
    assertEquals((40.0 - 20) / 2 / 30, m.spread());
    assertEquals(10, m.fastest());
  }

  @Test
  void quantilesLieLinearlyBetweenValues() {
    assertEquals(1.5, Measurement.quantile(new double[] {2, 1}, 0.5));
    assertEquals(7, Measurement.quantile(new double[] {7}, 0.25));
    assertEquals(3, Measurement.quantile(new double[] {3, 1, 2}, 1));
  }

  /** A machine that is ten times slower in the second round must not move the ratio. */
  @Test
  void ratiosAreTakenWithinARound() {
    Measurement<DispatchCase> fast =
        measured(BATCH, new double[] {100}, new double[] {1000}, new double[] {90});
    Measurement<DispatchCase> slow =
        measured(BATCH, new double[] {500}, new double[] {5000}, new double[] {450});
    assertEquals(5, fast.timesFaster(slow).getAsDouble(), 1e-12);
    assertEquals(0.2, slow.timesFaster(fast).getAsDouble(), 1e-12);
  }

  @Test
  void ratiosAreOfWordsNotOfCalls() {
    Measurement<DispatchCase> batch = measured(BATCH, new double[] {4096});
    Measurement<DispatchCase> single = measured(SINGLE, new double[] {300});
    assertEquals(300, batch.timesFaster(single).getAsDouble(), 1e-12);
  }

  private static Measurement<DispatchCase> measured(DispatchCase of, double[]... rounds) {
    return new Measurement<>(of, List.of(rounds), 0);
  }
}
