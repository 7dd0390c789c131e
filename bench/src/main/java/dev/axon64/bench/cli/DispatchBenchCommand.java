package dev.axon64.bench.cli;

import dev.axon64.bench.BenchInputs;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench dispatch}: the network's executors and their peers in one table. */
@Command(
    name = "dispatch",
    mixinStandardHelpOptions = true,
    description = "Measure dispatch: scalar, generated, ONNX Runtime, decoders, and the FMA bound.",
    footer = {
      "",
      "All on one thread, in JVMs of their own, round after round over all cases.",
      "Exit status: 0 all executors gave the same answers, 1 they did not, 2 unusable input.",
      "Example: axon64 bench dispatch --quick --filter 'generated|ONNX'"
    })
public final class DispatchBenchCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A shipped model: a64 (the default) or kvrm7.")
  private String model;

  @Option(
      names = "--spec",
      paramLabel = "NAME|FILE",
      description = "A dispatch spec: a64, kvrm7, published, or a file. Goes with --weights.")
  private String dispatchSpec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights for --spec: .npy, .pt or .safetensors.")
  private Path weights;

  @Option(
      names = "--elf",
      paramLabel = "FILE",
      description = "The AArch64 program whose words are 'code'. Default: the demo program.")
  private Path elf;

  @Option(names = "--quick", description = "One short round: minutes less, and rougher.")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "Passes over all cases. Default: 3.")
  private Integer rounds;

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      description = "Only cases it is found in, named like 'generated Java/random/4096'.")
  private String filter;

  @Option(names = "--format", paramLabel = "F", description = "text (the default), json or csv.")
  private BenchReport.Format format = BenchReport.Format.TEXT;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Case> cases = Case.matching(filter);
    Effort effort = Effort.of(quick, rounds);
    BenchInputs inputs = new BenchInputs(model, dispatchSpec, weights, elf);
    Network network = inputs.network();
    int code = inputs.code().length;
    Agreement agreement = Agreement.of(inputs, network);
    Machine machine = Machine.here();
    PrintWriter err = spec.commandLine().getErr();
    RoundProgress progress = new RoundProgress(err, effort.rounds(), cases.size());
    Suite<Case> suite =
        new Suite<>(
            inputs.jvmFlags(), effort, (round, at, next) -> progress.next(round, at, next.name()));
    List<Measurement<Case>> measured = suite.run(cases);
    MultiplyAdds work = MultiplyAdds.of(network.spec(), Lowering.lower(network));
    BenchTable table = BenchTable.of(measured, work, machine.vectorBits());
    String source = elf == null ? "the demo program" : elf.getFileName().toString();
    BenchReport report =
        new BenchReport(
            network.spec().name(), source, code, machine, effort, agreement, work, table);
    Reports.print(report.text(format, suite.jmh()), out, spec);
    return agreement.complete() ? 0 : 1;
  }
}
