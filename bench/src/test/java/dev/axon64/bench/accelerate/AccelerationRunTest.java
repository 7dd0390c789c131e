package dev.axon64.bench.accelerate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.bench.accelerate.AccelerationRun.Mode;
import dev.axon64.bench.accelerate.Program.Group;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccelerationRunTest {
  private static final Program PROGRAM = Program.alone("p", Group.WHOLE, Path.of("p"), 1);
  private static final String COUNTED = "the guest's own words%n{%n  \"instructions\": %d%s%n}%n";

  @TempDir private Path folder;

  @Test
  void programsHaveNamesOfTheirOwnAndFiles() {
    List<String> missing = new ArrayList<>();
    List<Program> all = Programs.in(folder, true, missing::add);
    assertEquals(all.size(), all.stream().map(Program::name).distinct().count());
    assertEquals(5, all.stream().filter(p -> p.group() == Group.BULK).count());
    for (Program program : all) {
      boolean alone = program.sandbox().isEmpty();
      assertTrue(!alone || Files.isExecutable(Path.of(program.file())), program::toString);
    }
    boolean busybox = all.stream().anyMatch(p -> p.name().startsWith("busybox"));
    assertEquals(!busybox, missing.stream().anyMatch(m -> m.contains("AXON64_BUSYBOX")));
  }

  private static Gain gain(AccelerationRun.Commands commands) {
    return new AccelerationRun(commands, (round, position, next) -> {})
        .run(List.of(PROGRAM), 3)
        .gains()
        .get(0);
  }

  private static Outcome outcome(double seconds, String output, String messages) {
    return new Outcome(0, seconds, output.getBytes(StandardCharsets.US_ASCII), messages);
  }

  private static String applied(Mode mode, long instructions) {
    String more =
        mode.accelerated()
            ? ", \"acceleration\": {\"loops\": {\"instructions\": 30},"
                + " \"patterns\": {\"instructions\": 60}}"
            : "";
    return mode.counted() ? COUNTED.formatted(instructions, more) : "";
  }

  @Test
  void timesAreOfUncountedRunsAndRatiosOfRounds() {
    double[] plain = {10, 100, 12};
    double[] fast = {2, 50, 3};
    int[] at = new int[2];
    Gain gain =
        gain(
            (program, mode) -> {
              boolean all = mode.accelerated();
              double seconds = mode.counted() ? 1e9 : all ? fast[at[1]++] : plain[at[0]++];
              return outcome(seconds, "same", applied(mode, 100));
            });
    assertEquals("", gain.difference());
    assertEquals(100, gain.instructions());
    assertEquals(10, gain.oneIn(), 1e-12);
    assertEquals(12, gain.plainSeconds());
    assertEquals(3, gain.fastSeconds());
    assertEquals(4, gain.ratio(), 1e-12);
    assertEquals((5 - 2) / 2.0 / 4, gain.spread(), 1e-12);
    assertEquals(4, Gain.mean(List.of(gain, gain)), 1e-12);
  }

  @Test
  void otherOutputOrCountsAreNamed() {
    Gain output = gain((p, m) -> outcome(1, m.accelerated() ? "other" : "same", applied(m, 100)));
    assertEquals("other output", output.difference());
    Gain counts = gain((p, m) -> outcome(1, "", applied(m, m.accelerated() ? 98 : 100)));
    assertEquals("-2 instructions", counts.difference());
    int[] runs = {0};
    Gain late = gain((p, m) -> outcome(1, runs[0]++ == 7 ? "late" : "", applied(m, 100)));
    assertEquals("other output", late.difference(), "the last timed run counts too");
    Gain status =
        gain((p, m) -> new Outcome(m.accelerated() ? 139 : 0, 1, new byte[0], applied(m, 100)));
    assertEquals("exit status 139, not 0", status.difference());
  }

  @Test
  void aProgramThatCannotRunHereIsNamedAndLeftOut() {
    Program other = Program.alone("q", Group.WHOLE, Path.of("q"));
    AccelerationRun.Result result =
        new AccelerationRun(
                (p, m) ->
                    new Outcome(
                        p == other ? 127 : 0, 1, new byte[0], "no library\n" + applied(m, 9)),
                (round, position, next) -> {})
            .run(List.of(other, PROGRAM), 1);
    assertEquals(List.of(PROGRAM), result.gains().stream().map(Gain::program).toList());
    assertEquals(1, result.failed().size());
    assertTrue(result.failed().get(0).startsWith("q exits with 127: "), result::toString);
  }

  @Test
  void aCommandThatSaysNothingIsNamedWithItsReason() {
    InputException e =
        assertThrows(
            InputException.class, () -> gain((p, m) -> outcome(1, "", "axon64: no such file\n")));
    assertEquals("p: could not be run: axon64: no such file", e.getMessage());
  }
}
