package dev.axon64.bench.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.bench.programs.ProgramsRun.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsRunTest {
  private static final Executor QEMU = Executor.qemu();
  private static final Executor ENGINE =
      new Executor("translated", List.of("axon64", "run"), "-r", "-e", false);

  @TempDir private Path folder;

  private WholeProgram program(String name) {
    return new WholeProgram(name, false, Path.of("/root"), "/bin/p", List.of("a"), folder);
  }

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve(text), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProgramsRun.Result run(ProgramsRun.Runs runs, String... names) {
    List<WholeProgram> programs = new ArrayList<>();
    for (String name : names) {
      programs.add(program(name));
    }
    return new ProgramsRun(List.of(QEMU, ENGINE), runs, (round, position, name) -> {})
        .run(programs, 3);
  }

  private Row engineRow(ProgramsRun.Runs runs) {
    return run(runs, "p").rows().get(program("p")).get(ENGINE);
  }

  private Ended ended(int status, double passed, String output) {
    return new Ended(status, new Seconds(passed, 2 * passed), file(output), "first\nlast");
  }

  @Test
  void ratiosAreOfRounds() {
    double[] times = {1, 2, 10, 30, 3, 9};
    int[] at = {0};
    Row row = engineRow((executor, program) -> ended(0, times[at[0]++], "same"));
    assertEquals("", row.difference());
    assertEquals(9, row.seconds().passed());
    assertEquals(18, row.seconds().spent());
    assertEquals(3, row.ratio().passed(), 1e-12);
    assertEquals(3, row.ratio().spent(), 1e-12);
    Seconds mean = Seconds.mean(List.of(new Seconds(1, 4), new Seconds(4, 9)));
    assertEquals(2, mean.passed(), 1e-12);
    assertEquals(6, mean.spent(), 1e-12);
  }

  @Test
  void whatEndsOtherwiseIsNamed() {
    Row output = engineRow((e, p) -> ended(0, 1, e == QEMU ? "one" : "other"));
    assertEquals("other output from byte 1", output.difference());
    Row status = engineRow((e, p) -> ended(e == QEMU ? 0 : 139, 1, "same"));
    assertEquals("exits with 139, not 0: last", status.difference());
    Row endless = engineRow((e, p) -> ended(e == QEMU ? 0 : Ended.ENDLESS, 1, "same"));
    assertEquals("does not end, not 0: last", endless.difference());
  }

  @Test
  void whatQemuCannotRunIsNamedAndLeftOut() {
    ProgramsRun.Result result =
        run((e, p) -> ended(p.name().equals("q") ? 127 : 0, 1, "same"), "q", "p");
    assertEquals(List.of("q exits with 127 on qemu-aarch64: last"), result.failed());
    assertEquals(1, result.rows().size());
  }

  @Test
  void bothAreGivenTheSameProgram() {
    List<String> qemu = QEMU.command(program("p"));
    assertEquals(List.of("qemu-aarch64", "-L", "/root", "-E"), qemu.subList(0, 4));
    assertEquals(List.of("/root/bin/p", "a"), qemu.subList(qemu.size() - 2, qemu.size()));
    List<String> axon64 = ENGINE.command(program("p"));
    assertEquals(List.of("axon64", "run", "-r", "/root", "-e"), axon64.subList(0, 5));
    assertEquals(List.of("/bin/p", "a"), axon64.subList(axon64.size() - 2, axon64.size()));
  }

  @Test
  void programsThatAreNotThereAreNamed() throws IOException {
    List<String> missing = new ArrayList<>();
    List<WholeProgram> none = Programs.in(Optional.empty(), folder, true, missing::add);
    assertEquals(List.of("start", "flat code"), none.stream().map(WholeProgram::name).toList());
    assertTrue(missing.get(0).contains("--root"), missing::toString);
    Path bin = Files.createDirectories(folder.resolve("usr/bin"));
    Files.createFile(bin.resolve("lua5.4"));
    missing.clear();
    List<WholeProgram> one = Programs.in(Optional.of(folder), folder, true, missing::add);
    assertEquals(
        List.of("lua", "start", "flat code"), one.stream().map(WholeProgram::name).toList());
    assertEquals(13, missing.size());
    assertTrue(missing.contains("not measured: perl, since there is no /usr/bin/perl in the root"));
  }

  @Test
  void aProcessIsTimedAndItsOutputKept() throws IOException {
    Executor echo = new Executor("echo", List.of("echo"), "-r", "-e", false);
    Path nothing = Files.createFile(folder.resolve("nothing"));
    WholeProgram program =
        new WholeProgram("echo", false, folder, "/bin/p", List.of("last"), nothing);
    Ended ended = new Processes(folder, 60).run(echo, program);
    assertEquals(0, ended.status());
    assertTrue(Files.readString(ended.output()).endsWith(" /bin/p last\n"));
    assertTrue(ended.seconds().passed() > 0);
    Executor endless =
        new Executor("sleep", List.of("sh", "-c", "exec sleep 600"), "-r", "-e", false);
    assertEquals(Ended.ENDLESS, new Processes(folder, 1).run(endless, program).status());
  }
}
