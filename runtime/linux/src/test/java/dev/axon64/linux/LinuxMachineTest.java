package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EachEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real program, linked with glibc and with musl, and the ways in which one ends. */
class LinuxMachineTest {
  @TempDir Path folder;
  private Path program;

  @BeforeEach
  void prepare() {
    program = Guests.program(folder, "personality");
  }

  private Guests guest(String... arguments) {
    Guests guest = new Guests().arguments(arguments);
    guest.builder.program(program.toString());
    return guest;
  }

  @ParameterizedTest
  @CsvSource({"threads, 3", "signals, 143", "memory, 0"})
  void printsWhatLinuxPrints(String what, int code) {
    Guests.Run run = guest(what).run();
    assertEquals(Guests.expected(what + ".txt"), run.output());
    assertEquals(code, run.status().shellCode());
    assertEquals("", run.error());
    assertEquals(List.of(), run.messages());
  }

  @ParameterizedTest
  @CsvSource({"threads, 3", "signals, 143", "memory, 0"})
  void anotherLibraryFindsTheSame(String what, int code) {
    Guests guest = new Guests().arguments(what);
    guest.builder.program(Guests.program(folder, "personality-musl").toString());
    Guests.Run run = guest.run();
    assertEquals(Guests.expected(what + ".txt"), run.output());
    assertEquals(code, run.status().shellCode());
  }

  @Test
  void theHostsClockWillDoToo() {
    Guests guest = guest("signals");
    guest.builder.clock(GuestClock.host());
    assertEquals(Guests.expected("signals.txt"), guest.run().output());
  }

  @Test
  void everyRunIsTheSame() {
    List<List<String>> traces = new ArrayList<>();
    List<ExitStatus> ends = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<String> trace = new ArrayList<>();
      Guests guest = guest("threads");
      guest.builder.strace(trace::add);
      ends.add(guest.run().status());
      traces.add(trace);
    }
    assertEquals(traces.get(0), traces.get(1));
    assertEquals(ends.get(0), ends.get(1));
    assertTrue(traces.get(0).stream().anyMatch(l -> l.contains("clone(")), "threads are made");
  }

  @Test
  void bothEnginesAgree() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus each =
        new LinuxMachine.Builder(() -> new EachEngine(ShippedDispatcher.A64.dispatcher()))
            .program(program.toString())
            .arguments(List.of("environment", "x"))
            .environment(List.of("A=1"))
            .stdout(output)
            .seed(1)
            .build()
            .run();
    Guests page = guest("environment", "x");
    page.builder.environment(List.of("A=1"));
    Guests.Run run = page.run();
    assertEquals(run.output(), output.toString(StandardCharsets.UTF_8));
    assertEquals(run.status().instructions(), each.instructions());
  }

  /** What a library's user gets; by the host's clock, how long threads wait depends on the host. */
  @ParameterizedTest
  @CsvSource({"threads, 3", "signals, 143", "memory, 0"})
  void machinesUnderANetworkAgreeToo(String what, int code) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        LinuxMachine.under(ShippedDispatcher.A64.network())
            .program(program.toString())
            .arguments(List.of(what))
            .stdout(output)
            .seed(1)
            .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
            .build()
            .run();
    assertEquals(Guests.expected(what + ".txt"), output.toString(StandardCharsets.UTF_8));
    assertEquals(code, status.shellCode());
    assertEquals(guest(what).run().status().instructions(), status.instructions());
  }

  @Test
  void argumentsAndEnvironmentArrive() {
    Guests guest = guest("environment", "", "two words", "\u00fc");
    guest.builder.environment(List.of("A=1", "B="));
    assertEquals(
        program + "\nenvironment\n\ntwo words\n\u00fc\nA=1\nB=\n4096 aarch64 1 1\n",
        guest.run().output());
  }

  @Test
  void inputArrivesWholeAndWhenItComes() throws IOException {
    byte[] bytes = "some input\n".repeat(5000).getBytes(StandardCharsets.UTF_8);
    assertEquals(55_000, guest("echo").input(bytes).run().output().length());
    PipedOutputStream writer = new PipedOutputStream();
    Guests slow = guest("echo");
    slow.builder.stdin(new PipedInputStream(writer)).clock(GuestClock.host());
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (writer) {
                writer.write("late".getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                return; // the guest reads less than it should, and the test says so
              }
            });
    assertEquals("late", slow.run().output());
  }

  @Test
  void aCrashIsReported() {
    Guests guest = guest("crash");
    guest.builder.disassembler((word, address) -> "the instruction");
    Guests.Run run = guest.run();
    assertEquals(Ending.SIGNALLED, run.status().ending());
    assertEquals(139, run.status().shellCode());
    String report = String.join("\n", run.messages());
    assertTrue(report.contains("SIGSEGV, write at 0x5000: unmapped"), report);
    assertTrue(report.contains("the instruction"), report);
    assertTrue(report.contains("x0") && report.contains("nzcv"), report);
    assertTrue(report.contains("frame"), report);
  }

  @Test
  void anEndlessLoopEndsAtTheLimit() {
    Guests guest = guest("loop");
    guest.builder.limits(Limits.DEFAULT.withInstructions(1_000_000));
    ExitStatus status = guest.run().status();
    assertEquals(Ending.INSTRUCTION_LIMIT, status.ending());
    assertEquals(1_000_000, status.instructions());
    assertEquals(152, status.shellCode());
  }

  @Test
  void waitingForNothingEnds() {
    Guests.Run run = guest("stuck").run();
    assertEquals(Ending.DEADLOCK, run.status().ending());
    assertTrue(run.messages().getFirst().contains("deadlock"));
  }

  @Test
  void theStackEnds() {
    assertEquals(139, guest("recurse").run().status().shellCode());
  }

  @Test
  void memoryEnds() {
    Guests guest = guest("eat");
    guest.builder.limits(Limits.DEFAULT.withMemory(32L << 20));
    Guests.Run run = guest.run();
    assertEquals(137, run.status().shellCode(), "killed where memory is touched, as on Linux");
    assertTrue(run.messages().getFirst().contains("need more than 33554432 bytes"));
  }

  /** A network that has learnt nothing. */
  private static final class AlwaysFirst implements Dispatcher {
    @Override
    public int kernel(int word, long pc) {
      return 0;
    }

    @Override
    public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
      Arrays.fill(kernels, from, to, 0);
    }
  }

  @Test
  void aWrongNetworkIsFoundOut() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> messages = new ArrayList<>();
    ExitStatus status =
        new LinuxMachine.Builder(() -> new EachEngine(new AlwaysFirst()))
            .program(program.toString())
            .stdout(output)
            .messages(messages::add)
            .build()
            .run();
    assertEquals(Ending.MISDISPATCH, status.ending());
    assertEquals(132, status.shellCode());
    assertTrue(messages.getFirst().contains("misdispatch"), messages.getFirst());
    assertEquals(0, output.size());
  }

  @Test
  void scriptsRunTheirInterpreter() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root/bin")).getParent();
    Guests.program(root.resolve("bin"), "personality");
    Path script = Files.writeString(root.resolve("script"), "#! /bin/personality environment \n");
    script.toFile().setExecutable(true);
    Guests guest = new Guests().arguments("one");
    guest.builder.root(root).program("/script");
    assertEquals(
        "/bin/personality\nenvironment\n/script\none\n4096 aarch64 1 1\n", guest.run().output());
  }

  @Test
  void whatCannotRunIsRefusedInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no program");
    Path root = Files.createDirectories(folder.resolve("empty"));
    for (String name : List.of(folder.resolve("none").toString(), text.toString(), "/")) {
      Guests guest = new Guests();
      guest.builder.program(name);
      assertThrows(InputException.class, guest::run, name);
    }
    Guests guest = new Guests();
    guest.builder.root(root).program("/bin/none");
    InputException refused = assertThrows(InputException.class, guest::run);
    assertTrue(refused.getMessage().contains("not in the root folder"), refused.getMessage());
    Guests noRoot = new Guests();
    noRoot.builder.root(folder.resolve("nowhere")).program("/x");
    assertThrows(InputException.class, noRoot::run);
  }
}
