package dev.axon64.app.extending;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.app.Main;
import dev.axon64.app.documents.Document;
import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.emit.isa.shader.MetalKernelBackend;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.extend.ExtendedModel;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import dev.axon64.metal.guest.GuestGrid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instruction of one's own, by the commands of the document as they stand there, but for the
 * certificate over all words and the folder that they write to; then the same program in the
 * generated shader.
 */
class OwnInstructionTest {
  private static final Path ROOT = Document.ROOT;
  private static final String PROMPT = "$ ./axon64 ";

  @TempDir private Path folder;

  private static List<String> command(List<String> section, String name) {
    String line =
        section.stream()
            .filter(l -> l.startsWith(PROMPT + name + " "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no command " + name));
    return new ArrayList<>(Arrays.asList(line.substring(PROMPT.length()).split(" ")));
  }

  @Test
  void itsCommandsWork() throws Exception {
    List<String> section = Document.of("docs/extending.md").section("An instruction").lines();
    List<String> extend = command(section, "extend");
    extend.set(extend.indexOf("--isa") + 1, ROOT + "/" + extend.get(extend.indexOf("--isa") + 1));
    String out = extend.set(extend.indexOf("--out") + 1, folder.toString());
    extend.add("--skip-certificate");
    assertEquals(0, Main.run(extend.toArray(String[]::new)));

    List<String> run = command(section, "run --extension");
    assertEquals(out, run.get(run.indexOf("--extension") + 1));
    ExtendedModel model = ExtendedModel.read(folder);
    assertEquals(List.of("SYSTEM", "USER"), model.kernels().fresh());
    String program = ROOT.resolve(run.getLast()).toString();
    List<String> printed = run(model.engines(), program);
    int at = section.indexOf(PROMPT + String.join(" ", run)) + 1;
    assertEquals(printed, section.subList(at, at + printed.size()));
    assertEquals(printed, run(ShaderEngine::new, program));
  }

  private static List<String> run(Supplier<Engine> engines, String program) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> messages = new ArrayList<>();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .program(program)
            .stdout(output)
            .messages(messages::add)
            .build()
            .run();
    assertEquals(List.of(), messages);
    assertEquals(0, status.shellCode());
    return output.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The generated shader, as it lies in the folder, on the Metal executor. */
  private final class ShaderEngine implements Engine {
    private final GuestLayout layout;
    private final MetalKernel shader;
    private long executed;

    ShaderEngine() {
      try {
        String name = "a64-user_guest.metal";
        String text = Files.readString(folder.resolve("metal").resolve(name));
        String isa = Files.readString(folder.resolve("sad8.isa"));
        layout = GuestLayout.of(InstructionSpec.a64With(Map.of("sad8.isa", isa)));
        shader = MetalProgram.compile(text, name).kernel(MetalKernelBackend.KERNEL);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Stop run(CpuState cpu, long budget) {
      GuestGrid grid = new GuestGrid(layout, List.of(cpu), budget);
      shader.run(GridSize.of(1), grid.buffers(), RunOptions.defaults().withThreads(1));
      executed = grid.executed(0);
      return grid.copyOut().getFirst();
    }

    @Override
    public long executed() {
      return executed;
    }
  }
}
