package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Tool;
import dev.axon64.bench.BenchInputs;
import dev.axon64.bench.RandomNetworks;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DispatchBenchTest {
  private static final Effort LEAST = new Effort(2, 50, 2, 20);

  @TempDir private static Path folder;

  /** Nothing is timed here, so another JMH run on the machine does no harm. */
  @BeforeAll
  static void shareTheMachine() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  private static BenchInputs randomNetwork() {
    Network network = RandomNetworks.exact("a64", 11);
    float[] weights = network.weights();
    Path file = folder.resolve("weights.npy");
    TensorFiles.writeNpy(file, new Tensor("", List.of(weights.length), weights));
    return inputs(file);
  }

  private static BenchInputs inputs(Path weights) {
    return new BenchInputs(
        Optional.empty(), Optional.of("a64"), Optional.of(weights), Optional.empty());
  }

  /** Each benchmark class, through JMH and JVMs of its own. */
  @Test
  void benchmarksRunAndAreReadBack() {
    List<DispatchCase> cases =
        List.of(
            new DispatchCase(DispatchExecutor.SIMD, "random", 1),
            new DispatchCase(DispatchExecutor.SCALAR, "random", 4096),
            new DispatchCase(DispatchExecutor.ONNX_LOWERED, "random", 64),
            new DispatchCase(DispatchExecutor.SWITCH, "random", 4096),
            DispatchCase.BOUND);
    assertTrue(DispatchCase.all().containsAll(cases));
    List<Measurement<DispatchCase>> measured = run(cases, LEAST.withRounds(1));
    // ONNX Runtime's Java binding makes objects in each call, about 400 bytes of them.
    double library = measured.get(2).allocated();
    assertTrue(library > 100 && library < 10_000, library + " bytes a call");
  }

  @Test
  void everyRoundIsKept() {
    List<Measurement<DispatchCase>> measured =
        run(List.of(new DispatchCase(DispatchExecutor.TABLE, "random", 1)), LEAST);
    // A look into a table allocates nothing; what JMH itself does is shared by millions of calls.
    double table = measured.getFirst().allocated();
    assertTrue(table < 1, table + " bytes a call");
  }

  private static List<Measurement<DispatchCase>> run(List<DispatchCase> cases, Effort effort) {
    Suite<DispatchCase> suite =
        new Suite<>(randomNetwork().jvmFlags(), effort, (round, position, next) -> {});
    List<Measurement<DispatchCase>> measured = suite.run(cases);
    assertEquals(cases, measured.stream().map(Measurement::of).toList());
    for (Measurement<DispatchCase> m : measured) {
      assertEquals(effort.rounds(), m.rounds().size(), m.of().name());
      m.rounds().forEach(r -> assertEquals(effort.iterations(), r.length, m.of().name()));
      assertTrue(m.fastest() > 0, m.of().name());
    }
    assertEquals(cases.size(), suite.jmh().size());
    return measured;
  }

  @Test
  void aCaseThatFailsIsNamedWithItsReason() {
    BenchInputs missing = inputs(folder.resolve("none.npy"));
    Suite<DispatchCase> suite =
        new Suite<>(missing.jvmFlags(), LEAST, (round, position, next) -> {});
    DispatchCase one = new DispatchCase(DispatchExecutor.TABLE, "random", 1);
    InputException e = assertThrows(InputException.class, () -> suite.run(List.of(one)));
    assertTrue(e.getMessage().startsWith("table decoder/random/1: "), e.getMessage());
    assertTrue(e.getMessage().contains("none.npy: no such file"), e.getMessage());
  }

  @Test
  void casesHaveNamesOfTheirOwnAndBothSamples() {
    List<DispatchCase> all = DispatchCase.all();
    assertEquals(all.size(), all.stream().map(DispatchCase::name).distinct().count());
    assertTrue(all.stream().anyMatch(c -> c.name().equals("generated Java/random/4096")));
    assertTrue(all.stream().anyMatch(c -> c.name().equals("ONNX Runtime/code/1048576")));
    List<DispatchCase> single =
        FilterOption.matching(all, DispatchCase::name, "^generated Java/random/1$");
    assertEquals(List.of(new DispatchCase(DispatchExecutor.SIMD, "random", 1)), single);
  }

  @ParameterizedTest
  @CsvSource({
    "--filter=(, no regular expression",
    "--filter=nothing, found in no case",
    "--rounds=0, out of range",
    "--model=none, is not shipped",
    "--elf=/nowhere, no such file",
    "--weights=w.npy, name both",
  })
  void unusableInputIsOneLine(String option, String message) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    Exception[] thrown = new Exception[1];
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          thrown[0] = e;
          return 2;
        });
    Path weights = randomNetwork().weights().orElseThrow();
    boolean model = option.startsWith("--model") || option.startsWith("--weights");
    String[] arguments =
        model
            ? new String[] {"dispatch", option}
            : new String[] {"dispatch", option, "--spec=a64", "--weights=" + weights};
    assertEquals(2, line.execute(arguments));
    assertEquals(InputException.class, thrown[0].getClass(), () -> String.valueOf(thrown[0]));
    assertTrue(thrown[0].getMessage().contains(message), thrown[0].getMessage());
    assertFalse(thrown[0].getMessage().contains("\n"));
  }

  @Test
  void theLauncherFindsTheCommand() {
    assertTrue(
        ServiceLoader.load(Tool.class).stream().anyMatch(p -> p.type() == BenchCommand.class));
  }
}
