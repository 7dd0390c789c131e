package dev.axon64.app.metal;

import com.google.gson.stream.JsonWriter;
import dev.axon64.app.options.TextOrJson;
import dev.axon64.metal.exec.KernelBuffer;
import dev.axon64.metal.exec.MetalProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The shader source.")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Write text or json. Default: text.")
  private TextOrJson format = TextOrJson.TEXT;

  @Override
  public Integer call() throws IOException {
    MetalProgram program = ShaderFile.compile(file);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> text(out, program);
      case JSON -> json(out, program);
    }
    out.flush();
    return 0;
  }

  private static void text(PrintWriter out, MetalProgram program) {
    for (String name : program.kernelNames()) {
      out.println("kernel " + name);
      program.kernel(name).buffers().forEach(b -> out.println("  " + b));
    }
  }

  private static void json(PrintWriter out, MetalProgram program) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.beginObject().name("kernels").beginArray();
    for (String name : program.kernelNames()) {
      json.beginObject().name("name").value(name).name("buffers").beginArray();
      for (KernelBuffer buffer : program.kernel(name).buffers()) {
        json(json, buffer);
      }
      json.endArray().endObject();
    }
    json.endArray().endObject();
    out.println();
  }

  private static void json(JsonWriter json, KernelBuffer buffer) throws IOException {
    json.beginObject();
    json.name("index").value(buffer.index());
    json.name("name").value(buffer.name());
    json.name("space").value(buffer.space());
    json.name("elementType").value(buffer.elementType());
    json.name("elementBytes").value(buffer.elementBytes());
    json.name("reference").value(buffer.reference());
    json.name("writable").value(buffer.writable());
    json.endObject();
  }
}
