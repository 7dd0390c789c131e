package dev.axon64.app.metal;

import dev.axon64.metal.exec.KernelBuffer;
import dev.axon64.metal.exec.MetalProgram;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code axon64 metal check FILE}: compiles a shader and lists its kernels. */
@Command(
    name = "check",
    description = "Compile a shader and list its kernels and their buffers.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  enum Format {
    text,
    json
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The shader source.")
  private Path file;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Override
  public Integer call() {
    MetalProgram program = ShaderFile.compile(file);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.json) {
      out.println(json(program));
    } else {
      for (String name : program.kernelNames()) {
        out.println("kernel " + name);
        program.kernel(name).buffers().forEach(b -> out.println("  " + b));
      }
    }
    out.flush();
    return 0;
  }

  private static String json(MetalProgram program) {
    List<String> kernels = new ArrayList<>();
    for (String name : program.kernelNames()) {
      List<String> buffers = new ArrayList<>();
      program.kernel(name).buffers().forEach(b -> buffers.add(json(b)));
      kernels.add(
          "{\"name\":%s,\"buffers\":[%s]}".formatted(quoted(name), String.join(",", buffers)));
    }
    return "{\"kernels\":[" + String.join(",", kernels) + "]}";
  }

  private static String json(KernelBuffer b) {
    return ("{\"index\":%d,\"name\":%s,\"space\":%s,\"elementType\":%s,\"elementBytes\":%d,"
            + "\"reference\":%b,\"writable\":%b}")
        .formatted(
            b.index(),
            quoted(b.name()),
            quoted(b.space()),
            quoted(b.elementType()),
            b.elementBytes(),
            b.reference(),
            b.writable());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
