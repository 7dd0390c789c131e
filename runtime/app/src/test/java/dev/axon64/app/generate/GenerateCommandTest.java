package dev.axon64.app.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Main;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Sources are written by any backend there is, to folders of their own. */
class GenerateCommandTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private List<String> generated(int status, String... options) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] command =
        Stream.concat(Stream.of("generate"), Stream.of(options)).toArray(String[]::new);
    assertEquals(status, line.execute(command), err::toString);
    return out.toString().lines().toList();
  }

  @Test
  void listsEveryBackend() {
    String text = String.join("\n", generated(0, "--list"));
    DispatchBackend.all().forEach(one -> assertTrue(text.contains(one.description()), text));
    InstructionBackend.all().forEach(one -> assertTrue(text.contains(one.description()), text));
  }

  @Test
  void writesWithBackendsByName() throws IOException {
    Path java = folder.resolve("java");
    Path shaders = folder.resolve("shaders");
    Path lanes = folder.resolve("lanes");
    List<String> files =
        generated(
            0,
            "--to",
            "java=" + java,
            "--kernels-to",
            "metal=" + shaders,
            "--kernels-to",
            "lanes=" + lanes,
            "--package",
            "com.example");
    assertTrue(Files.exists(java.resolve("com/example/A64Dispatcher.java")), files::toString);
    assertTrue(Files.exists(shaders.resolve("a64_guest.metal")), files::toString);
    assertTrue(Files.exists(lanes.resolve("com/example/LaneKernels.java")), files::toString);
    Path brief = folder.resolve("brief");
    generated(0, "--metal", brief.toString(), "--kernels");
    assertEquals(
        Files.readString(shaders.resolve("a64_guest.metal")),
        Files.readString(brief.resolve("a64_guest.metal")));
  }

  @Test
  void refusesWhatIsUnknownBeforeItWrites() {
    generated(2, "--to", "java=" + folder.resolve("a"), "--to", "basic=" + folder.resolve("b"));
    assertEquals(
        "axon64: backend basic: no such backend; one of [java, metal, opencl]\n", err.toString());
    assertTrue(Files.notExists(folder.resolve("a")));
  }

  @Test
  void refusesToWriteNothing() {
    generated(2);
    assertEquals(
        "axon64: generate: nothing to write; give --java DIR, --metal DIR, --opencl DIR or --to BACKEND=DIR\n",
        err.toString());
  }
}
