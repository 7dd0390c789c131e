package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.bench.FmaBenchmark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchBenchReportTest {
  private static final MultiplyAdds WORK = new MultiplyAdds(2048, 256);

  /** 4096 words: scalar 1000 ns per word, ours 10, ONNX Runtime 200; 16 multiply-adds per ns. */
  private static DispatchBenchTable table() {
    List<Measurement<DispatchCase>> measured =
        List.of(
            measured(DispatchExecutor.SCALAR, 1, 900),
            measured(DispatchExecutor.SCALAR, 4096, 4096_000),
            measured(DispatchExecutor.SIMD, 1, 50),
            measured(DispatchExecutor.SIMD, 64, 960),
            measured(DispatchExecutor.SIMD, 4096, 40_960),
            measured(DispatchExecutor.ONNX, 1, 5000),
            measured(DispatchExecutor.ONNX, 4096, 819_200),
            new Measurement<>(
                new DispatchCase(DispatchExecutor.FMA, "", 0),
                List.of(new double[] {FmaBenchmark.PER_CALL}),
                0));
    return DispatchBenchTable.of(measured, WORK, 512);
  }

  private static Measurement<DispatchCase> measured(
      DispatchExecutor executor, int batch, double nanoseconds) {
    DispatchCase of = new DispatchCase(executor, "random", batch);
    return new Measurement<>(of, List.of(new double[] {nanoseconds}), 0.25);
  }

  @Test
  void ratiosAreToTheSameKindOfCall() {
    DispatchBenchTable.Row batch =
        table().find(DispatchExecutor.SIMD, "random", 4096).orElseThrow();
    assertEquals(10, batch.nanoseconds());
    assertEquals(100e6, batch.wordsPerSecond(), 1e-3);
    assertEquals(100, batch.overScalar().getAsDouble(), 1e-9);
    assertEquals(20, batch.overOnnx().getAsDouble(), 1e-9);
    assertTrue(batch.overLowered().isEmpty(), "not measured");
    DispatchBenchTable.Row single = table().find(DispatchExecutor.SIMD, "random", 1).orElseThrow();
    assertEquals(18, single.overScalar().getAsDouble(), 1e-9);
    assertEquals(100, single.overOnnx().getAsDouble(), 1e-9);
    DispatchBenchTable.Row small = table().find(DispatchExecutor.SIMD, "random", 64).orElseThrow();
    assertEquals(1000.0 / 15, small.overScalar().getAsDouble(), 1e-9);
    assertTrue(small.overOnnx().isEmpty(), "ONNX Runtime was not measured at 64");
  }

  @Test
  void boundsFollowFromTheMultiplyAddRate() {
    assertEquals(16, table().multiplyAddsPerNanosecond().getAsDouble(), 1e-12);
    List<DispatchBenchTable.Row> rows = table().rows();
    DispatchBenchTable.Row lowered = rows.get(rows.size() - 1);
    assertEquals("FMA bound, lowered", lowered.executor());
    assertEquals(16, lowered.nanoseconds(), 1e-12);
    assertEquals(1000.0 / 16, lowered.overScalar().getAsDouble(), 1e-9);
    assertEquals(128, rows.get(rows.size() - 2).nanoseconds(), 1e-12);
  }

  @Test
  void textHasALineARowAndNamesDisagreements() {
    String text = report(Map.of(DispatchExecutor.SIMD, 0)).text();
    assertTrue(text.contains("all executors agree on 131,072 words"), text);
    assertTrue(
        text.lines().anyMatch(l -> l.matches("generated Java +random +4096 +10\\.0 .* 20\\.0 .*")),
        text);
    assertTrue(text.contains("16.0 G multiply-adds/s"), text);
    String apart = report(Map.of(DispatchExecutor.SIMD, 0, DispatchExecutor.ONNX, 7)).text();
    assertTrue(apart.contains("of 131,072: [ONNX Runtime 7]"), apart);
  }

  @Test
  void csvHasTheSameColumnsInEveryLine() {
    List<String> lines = report(Map.of()).text(DispatchBenchReport.Format.CSV).lines().toList();
    assertEquals(1 + table().rows().size(), lines.size());
    for (String line : lines) {
      assertEquals(10, line.split(",", -1).length - (line.contains("bound,") ? 1 : 0), line);
    }
  }

  @Test
  void jsonHoldsRowsAndMachine() {
    String json = report(Map.of(DispatchExecutor.SIMD, 0)).json();
    JsonObject root = JsonParser.parseString(json).getAsJsonObject();
    assertEquals(512, root.getAsJsonObject("machine").get("vectorBits").getAsInt());
    assertEquals(table().rows().size(), root.getAsJsonArray("rows").size());
    assertTrue(root.getAsJsonArray("jmh").isEmpty());
  }

  @Test
  void numbersKeepAboutThreeDigits() {
    assertEquals("1234", Figures.number(1234.4));
    assertEquals("12.3", Figures.number(12.34));
    assertEquals("1.23", Figures.number(1.234));
    assertEquals("0.0123", Figures.number(0.01234));
  }

  private static DispatchBenchReport report(Map<DispatchExecutor, Integer> differing) {
    return new DispatchBenchReport(
        "a64",
        "a program",
        1000,
        new Host("Linux amd64", 2, 512, "a VM", -1),
        Effort.QUICK,
        new Agreement(131_072, differing),
        WORK,
        table(),
        List.of());
  }
}
