package dev.axon64.bench.cli;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.bench.BenchInputs;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Mixin private ModelOptions model;

  @Option(
      names = "--elf",
      paramLabel = "FILE",
      description = "Take 'code' words from this AArch64 program. Default: the demo program.")
  private Optional<Path> elf;

  @Mixin private EffortOptions effort;

  @Mixin private FilterOption filter;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Write text, json or csv. Default: text.")
  private DispatchBenchReport.Format format = DispatchBenchReport.Format.TEXT;

  @Mixin private ReportFile output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<DispatchCase> cases = filter.of(DispatchCase.all(), DispatchCase::name);
    Effort chosen = effort.effort();
    ModelOptions.Choice choice = model.choice();
    BenchInputs inputs = new BenchInputs(choice.model(), choice.spec(), choice.weights(), elf);
    Network network = inputs.network();
    int code = inputs.code().length;
    Agreement agreement = Agreement.of(inputs, network);
    Host host = Host.here();
    PrintWriter err = spec.commandLine().getErr();
    Suite<DispatchCase> suite = Suite.shown(cases, inputs.jvmFlags(), chosen, err);
    List<Measurement<DispatchCase>> measured = suite.run(cases);
    MultiplyAdds work = MultiplyAdds.of(network.spec(), Lowering.lower(network));
    String source = elf.map(file -> file.getFileName().toString()).orElse("the demo program");
    DispatchBenchReport report =
        new DispatchBenchReport(
            network.spec().name(),
            source,
            code,
            host,
            chosen,
            agreement,
            work,
            DispatchBenchTable.of(measured, work, host.vectorBits()),
            suite.jmh());
    output.put(report.text(format), spec);
    return agreement.complete() ? 0 : 1;
  }
}
