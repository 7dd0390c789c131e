package dev.axon64.app.dispatch;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.DispatchEngine;
import dev.axon64.machine.dispatch.DispatchEngines;
import dev.axon64.machine.dispatch.EngineRun;
import dev.axon64.machine.elf.CodeWords;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
      "Example: axon64 dispatch --engine simd,scalar,executor program"
    })
public final class DispatchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "The AArch64 ELF file whose executable sections are dispatched.")
  private Path file;

  @Option(names = "--raw", description = "Read FILE as little-endian 32-bit words.")
  private boolean raw;

  @Option(
      names = "--pcs",
      paramLabel = "FILE",
      description =
          "With --raw, read the words' addresses from this file, little-endian 64-bit numbers."
              + " Default: 4 * index.")
  private Optional<Path> pcs;

  @Mixin private ModelOptions model;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Names.class,
      description =
          "Run these engines and compare their answers: ${COMPLETION-CANDIDATES}. Default:"
              + " simd,scalar.")
  private List<String> engines = List.of("simd", "scalar");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Print a table, json or csv. Default: table.")
  private DispatchReport.Format format = DispatchReport.Format.TABLE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the kernels to this file, one byte for each word.")
  private Optional<Path> out;

  @Spec private CommandSpec spec;

  /** The engines on the class path. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DispatchEngines.all().stream().map(DispatchEngine::name).iterator();
    }
  }

  @Override
  public Integer call() {
    if (pcs.isPresent() && !raw) {
      throw new InputException("--pcs", "goes with --raw; an ELF file has addresses of its own");
    }
    out.ifPresent(AtomicFiles::checkWritable);
    Network network = model.choice().network();
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
    out.ifPresent(kernels -> AtomicFiles.write(kernels, bytes(runs.get(0).kernels())));
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
