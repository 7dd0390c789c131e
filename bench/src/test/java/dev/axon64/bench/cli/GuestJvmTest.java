package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Gain;
import dev.axon64.bench.accelerate.Program;
import dev.axon64.bench.accelerate.Program.Group;
import dev.axon64.bench.accelerate.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestJvmTest {
  @TempDir private Path folder;

  /** A guest of the five, as a user would run it. */
  @Test
  void aCommandIsRunCountedAndCompared() {
    Program fill =
        Programs.in(folder, true, missing -> {}).stream()
            .filter(program -> program.name().equals("fill"))
            .findFirst()
            .orElseThrow();
    Program brief = Program.alone("fill", Group.BULK, Path.of(fill.file()), 30, 7);
    List<Integer> rounds = new ArrayList<>();
    Gain gain =
        new AccelerationRun(new GuestJvm(folder), (round, position, name) -> rounds.add(round))
            .run(List.of(brief), 1)
            .gains()
            .get(0);
    assertEquals("", gain.difference());
    assertTrue(gain.instructions() > 1_000_000, () -> "ran " + gain.instructions());
    assertTrue(gain.oneIn() >= 1, () -> "one in " + gain.oneIn());
    assertEquals(1, gain.times().size());
    assertTrue(gain.plainSeconds() > 0 && gain.fastSeconds() > 0);
    assertEquals(List.of(0, 1), rounds);
  }

  @Test
  void aSandboxIsOptionsBeforeTheProgram() {
    Program.Sandbox sandbox =
        new Program.Sandbox(Path.of("r"), Optional.of("/work"), List.of("A=1", "B=2"));
    Program program =
        new Program("p", Group.WHOLE, Optional.of(sandbox), "/bin/p", List.of("-x"), 0);
    assertEquals(
        List.of("--root", "r", "--cwd", "/work", "--env", "A=1", "--env", "B=2", "/bin/p", "-x"),
        GuestJvm.words(program));
  }
}
