package dev.axon64.runtime.cli;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.Tool;
import dev.axon64.runtime.dispatch.DispatchEngines;
import dev.axon64.runtime.dispatch.EngineRun;
import dev.axon64.runtime.elf.CodeWords;
import dev.axon64.runtime.elf.ElfImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code axon64 demo}: the shipped program's words through every engine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Dispatch a small shipped AArch64 program with every engine and compare.")
public final class DemoCommand implements Tool, Callable<Integer> {
  private static final String PROGRAM = "/dev/axon64/demo/sieve";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    byte[] program;
    try (InputStream in = DemoCommand.class.getResourceAsStream(PROGRAM)) {
      program = in.readAllBytes();
    }
    CodeWords code = CodeWords.of(ElfImage.parse(program, "demo program 'sieve'"));
    Network network = Models.shipped(Models.SHIPPED.get(0));
    List<EngineRun> runs =
        DispatchEngines.all().stream()
            .map(engine -> EngineRun.of(engine, network, code.words(), code.addresses()))
            .toList();
    DispatchReport report =
        new DispatchReport("demo program 'sieve'", network.spec(), code.words(), runs);
    report.print(DispatchReport.Format.TABLE, spec.commandLine().getOut());
    return report.disagreements() == 0 ? 0 : 1;
  }
}
