package dev.axon64.app.metal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.RawArray;
import dev.axon64.metal.exec.Shaders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line, from files to files. */
class MetalToolTest {
  private static final String SAXPY =
      """
      #include <metal_stdlib>
      using namespace metal;
      kernel void saxpy(device const float* x [[buffer(0)]], device float* y [[buffer(1)]],
                        constant float& a [[buffer(2)]], uint i [[thread_position_in_grid]]) {
          y[i] = a * x[i] + y[i];
      }
      """;

  @TempDir private Path folder;
  private Path shader;
  private String printed = "";

  @BeforeEach
  void writeShader() throws Exception {
    shader = folder.resolve("saxpy.metal");
    Files.writeString(shader, SAXPY);
  }

  private int run(String... arguments) {
    StringWriter out = new StringWriter();
    AtomicReference<Exception> failure = new AtomicReference<>();
    CommandLine command =
        new CommandLine(new MetalTool())
            .setOut(new PrintWriter(out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (e, line, result) -> {
                  failure.set(e);
                  return 2;
                });
    int status = command.execute(arguments);
    printed = out.toString();
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
    return status;
  }

  @Test
  void valuesInAndNpyOut() throws Exception {
    Path out = folder.resolve("y.npy");
    assertEquals(
        0,
        run(
            "run",
            shader.toString(),
            "--kernel=saxpy",
            "--grid=3",
            "--value=0=float:1,2,3",
            "--value=1=float:10,20,30",
            "--value=2=float:2",
            "--out=1=" + out));
    RawArray npy = RawArray.read(Files.readAllBytes(out), "y.npy");
    assertEquals("<f4", npy.descr());
    assertEquals(List.of(3L), npy.shape());
    assertArrayEquals(Shaders.bytes(12f, 24f, 36f), npy.data());
  }

  @Test
  void anNpyKeepsItsShape() throws Exception {
    Path in = folder.resolve("in.npy");
    Files.write(in, new RawArray("<f4", List.of(2L, 2L), Shaders.bytes(1f, 2f, 3f, 4f)).npy());
    Path out = folder.resolve("out.npy");
    run(
        "run",
        shader.toString(),
        "--kernel=saxpy",
        "--grid=4",
        "--buffer=0=" + in,
        "--buffer=1=" + in,
        "--value=2=float:1",
        "--out=1=" + out,
        "--threads=1");
    RawArray npy = RawArray.read(Files.readAllBytes(out), "out.npy");
    assertEquals(List.of(2L, 2L), npy.shape());
    assertArrayEquals(Shaders.bytes(2f, 4f, 6f, 8f), npy.data());
  }

  @Test
  void rawBytesAndZeroedBuffers() throws Exception {
    Path in = folder.resolve("x.bin");
    Files.write(in, Shaders.bytes(1f, 2f));
    Path out = folder.resolve("y.bin");
    run(
        "run",
        shader.toString(),
        "--kernel=saxpy",
        "--grid=2",
        "--buffer=0=" + in,
        "--value=2=float:3",
        "--out=1=" + out + ":8");
    assertArrayEquals(Shaders.bytes(3f, 6f), Files.readAllBytes(out));
  }

  @Test
  void aFailedRunWritesNothing() {
    Path out = folder.resolve("y.bin");
    InputException e =
        assertThrows(
            InputException.class,
            () ->
                run(
                    "run",
                    shader.toString(),
                    "--kernel=saxpy",
                    "--grid=3",
                    "--value=0=float:1,2,3",
                    "--value=2=float:3",
                    "--out=1=" + out + ":8"));
    assertTrue(
        e.getMessage()
            .endsWith("access of 4 bytes at offset 8 of 8 in buffer 1 'y' (device float*)"),
        e.getMessage());
    assertFalse(Files.exists(out));
  }

  @Test
  void whatIsMissingIsNamed() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> run("run", shader.toString(), "--kernel=saxpy", "--grid=1", "--value=2=float:3"));
    assertTrue(e.getMessage().contains("buffer 0 'x' (device const float*) is not given"));
    for (String bad :
        new String[] {"2=float", "2=double:1", "2=uchar:256", "x=int:1", "99=int:1"}) {
      assertThrows(
          InputException.class,
          () -> run("run", shader.toString(), "--kernel=saxpy", "--grid=1", "--value=" + bad),
          bad);
    }
  }

  @Test
  void checkListsKernels() {
    assertEquals(0, run("check", shader.toString()));
    assertEquals(
        """
        kernel saxpy
          buffer 0 'x' (device const float*)
          buffer 1 'y' (device float*)
          buffer 2 'a' (constant float&)
        """,
        printed.replace(System.lineSeparator(), "\n"));
    run("check", shader.toString(), "--format=json");
    assertTrue(printed.startsWith("{\"kernels\":[{\"name\":\"saxpy\",\"buffers\":[{\"index\":0,"));
  }
}
