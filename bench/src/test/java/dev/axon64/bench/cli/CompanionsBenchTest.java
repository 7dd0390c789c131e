package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.bench.FmaBenchmark;
import dev.axon64.bench.companion.Closeness;
import dev.axon64.bench.companion.NetworkExecutor;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompanionsBenchTest {
  private static final String ORACLE = "memory-oracle";

  /** Nothing is timed here, so another JMH run on the machine does no harm. */
  @BeforeAll
  static void shareTheMachine() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  /**
   * Vectors 100 us, loops 400 us, ONNX Runtime 50 us, and 64 in 640 us; 16 multiply-adds per ns.
   */
  private static ProposalTable table() {
    List<Measurement<BenchCase>> measured = new ArrayList<>();
    measured.add(measured(NetworkExecutor.VECTORS, 1, 100_000));
    measured.add(measured(NetworkExecutor.PLAIN, 1, 400_000));
    measured.add(measured(NetworkExecutor.ONNX, 1, 50_000));
    measured.add(measured(NetworkExecutor.ONNX, 64, 640_000));
    BenchCase fma = DispatchCase.BOUND;
    measured.add(new Measurement<>(fma, List.of(new double[] {FmaBenchmark.PER_CALL}), 0));
    return ProposalTable.of(measured, 512);
  }

  private static Measurement<BenchCase> measured(
      NetworkExecutor executor, int batch, double nanoseconds) {
    BenchCase of = new ProposalCase(ORACLE, executor, batch);
    return new Measurement<>(of, List.of(new double[] {nanoseconds}), 0.25);
  }

  @Test
  void ratiosAreOfProposals() {
    ProposalTable.Row vectors = table().rows().get(0);
    assertEquals(4, vectors.overLoops().getAsDouble(), 1e-12);
    assertEquals(0.5, vectors.overOnnx().getAsDouble(), 1e-12);
    assertEquals(0.1, vectors.overOnnxBatch().getAsDouble(), 1e-12);
    double work = ProposalTable.work(ORACLE);
    assertEquals(work / 16 / 100_000, vectors.ofBound().getAsDouble(), 1e-12);
    ProposalTable.Row batch = table().rows().get(3);
    assertEquals(10_000, batch.nanoseconds(), 1e-9);
    assertEquals(5, batch.overOnnx().getAsDouble(), 1e-12);
  }

  @Test
  void reportsHaveALineARowAndNameWhatDiffers() {
    String text = report(new Closeness(0, 1e-6)).text();
    assertTrue(
        text.lines()
            .anyMatch(l -> l.matches("memory-oracle +generated Java, vectors +1 +100,000 .*")),
        text);
    assertTrue(text.contains("all ours give the same bits"), text);
    String apart = report(new Closeness(3, 1)).text();
    assertTrue(apart.contains("DIFFER in the bits of 3 values"), apart);
    assertTrue(apart.contains("TOO FAR"), apart);
    JsonObject json = JsonParser.parseString(report(new Closeness(0, 0)).json()).getAsJsonObject();
    assertEquals(4, json.getAsJsonArray("rows").size());
    assertEquals(512, json.getAsJsonObject("machine").get("vectorBits").getAsInt());
  }

  private static ProposalReport report(Closeness closeness) {
    Host host = new Host("Linux amd64", 2, 512, "a VM", -1);
    return new ProposalReport(host, Effort.QUICK, Map.of(ORACLE, closeness), table(), List.of());
  }

  @Test
  void casesHaveNamesOfTheirOwn() {
    List<BenchCase> all = CompanionsBenchCommand.cases();
    assertEquals(3 * 5 + 1, all.size());
    assertEquals(all.size(), all.stream().map(BenchCase::name).distinct().count());
    assertEquals(
        List.of(new ProposalCase("loop-detector", NetworkExecutor.ONNX, 64)),
        FilterOption.matching(all, BenchCase::name, "^loop-detector/ONNX Runtime/64$"));
    assertThrows(
        InputException.class, () -> FilterOption.matching(all, BenchCase::name, "nothing"));
  }

  /** Through JMH and JVMs of their own; vectors would take long to be compiled. */
  @Test
  void benchmarksRunAndAreReadBack() {
    List<BenchCase> cases =
        List.of(
            new ProposalCase(ORACLE, NetworkExecutor.PLAIN, 1),
            new ProposalCase(ORACLE, NetworkExecutor.ONNX, 64));
    Suite<BenchCase> suite =
        new Suite<>(List.of(), new Effort(1, 50, 2, 20), (round, position, next) -> {});
    ProposalTable table = ProposalTable.of(suite.run(cases), 512);
    assertEquals(cases, table.rows().stream().map(ProposalTable.Row::of).toList());
    for (ProposalTable.Row row : table.rows()) {
      assertTrue(row.nanoseconds() > 0 && row.allocated() >= 0, row::toString);
      assertTrue(row.ofBound().isEmpty(), "the rate was not measured");
    }
  }
}
