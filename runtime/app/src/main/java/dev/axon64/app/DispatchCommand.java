package dev.axon64.app;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import dev.axon64.machine.dispatch.DispatchEngine;
import dev.axon64.machine.dispatch.DispatchEngines;
import dev.axon64.machine.dispatch.EngineRun;
import dev.axon64.machine.elf.CodeWords;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code axon64 dispatch}: every word of a program through the network. */
@Command(
    name = "dispatch",
    mixinStandardHelpOptions = true,
    description = "Choose the kernel of every instruction word in a file.",
    footer = {
      "",
      "Exit status: 0 the engines agree, 1 they do not, 2 unusable input.",
      "Example: axon64 dispatch --engine simd,scalar,metal program"
    })
public final class DispatchCommand implements Tool, Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "An AArch64 ELF file, whose executable sections are dispatched.")
  private Path file;

  @Option(names = "--raw", description = "FILE is little-endian 32-bit words.")
  private boolean raw;

  @Option(
      names = "--pcs",
      paramLabel = "FILE",
      description = "With --raw: little-endian 64-bit addresses; 4 * index without it.")
  private Path pcs;

  @Mixin private ModelOptions model;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      split = ",",
      description = "Engines to run and compare: simd, scalar, metal. Default: simd,scalar.")
  private List<String> engines = List.of("simd", "scalar");

  @Option(names = "--format", paramLabel = "F", description = "table (the default), json or csv.")
  private DispatchReport.Format format = DispatchReport.Format.TABLE;

  @Option(names = "--out", paramLabel = "FILE", description = "Write one kernel byte a word.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (pcs != null && !raw) {
      throw new InputException("--pcs", "goes with --raw; an ELF file has addresses of its own");
    }
    Network network = model.network();
    CodeWords words = raw ? WordFile.raw(file, pcs) : WordFile.elf(file);
    words.remarks().forEach(line -> spec.commandLine().getErr().println("axon64: " + line));
    return run(file.toString(), network, words);
  }

  private int run(String source, Network network, CodeWords code) {
    List<DispatchEngine> chosen = engines.stream().map(DispatchEngines::named).toList();
    List<EngineRun> runs =
        chosen.stream()
            .map(engine -> EngineRun.of(engine, network, code.words(), code.addresses()))
            .toList();
    DispatchReport report = new DispatchReport(source, network.spec(), code.words(), runs);
    if (out != null) {
      AtomicFiles.write(out, bytes(runs.get(0).kernels()));
    }
    report.print(format, spec.commandLine().getOut());
    return report.disagreements() == 0 ? 0 : 1;
  }

  private static byte[] bytes(int[] kernels) {
    byte[] bytes = new byte[kernels.length];
    for (int i = 0; i < kernels.length; i++) {
      bytes[i] = (byte) kernels[i];
    }
    return bytes;
  }
}
