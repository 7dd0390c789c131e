package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.PageEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.metal.device.RealDevice;
import dev.axon64.metal.grid.GuestDevice;
import dev.axon64.metal.grid.GuestSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whole programs on a device end as on the scalar engine. Many at once are 16, and 1,024 in a
 * campaign.
 */
class DeviceProgramTest {
  private static final int MANY = Boolean.getBoolean("axon64.campaign") ? 1024 : 16;
  private static final long BUDGET = 1L << 32;
  private static GuestDevice device;

  @BeforeAll
  static void open() {
    device = GuestDevice.open(RealDevice.assumed().open(), Models.shipped("a64"));
  }

  @AfterAll
  static void close() {
    if (device != null) {
      device.close();
    }
  }

  private static Supplier<Engine> scalar() {
    return () -> new PageEngine(ShippedDispatcher.A64.dispatcher());
  }

  @Test
  void theSieve() {
    assertTrue(endsAlike(GuestProgram::sieve).contains("prime"));
  }

  @Test
  void sha256() {
    assertEquals(65, endsAlike(GuestProgram::sha256).length());
  }

  private static String endsAlike(Supplier<GuestProgram> program) {
    GuestProgram ours = program.get();
    GuestShader.End expected = ours.run(scalar().get(), BUDGET);
    GuestProgram theirs = program.get();
    try (GuestSession session = device.session()) {
      same(ours, expected, theirs, theirs.run(session.engine(), BUDGET));
    }
    return theirs.output();
  }

  private static void same(
      GuestProgram ours, GuestShader.End expected, GuestProgram theirs, GuestShader.End end) {
    assertInstanceOf(Stop.SystemCall.class, end.stop());
    assertEquals("", GuestComparison.of(ours.cpu(), expected.stop(), theirs.cpu(), end.stop()));
    assertEquals(expected.executed(), end.executed());
    assertEquals(ours.output(), theirs.output());
    assertArrayEquals(ours.memory(), theirs.memory());
  }

  /** A budget ends a guest at the same instruction, from which it goes on. */
  @Test
  void aBudgetEndsIt() {
    GuestProgram ours = GuestProgram.sha256();
    scalar().get().run(ours.cpu(), 123_456);
    GuestProgram theirs = GuestProgram.sha256();
    try (GuestSession session = device.session()) {
      Engine engine = session.engine();
      for (long part : new long[] {1, 99_999, 23_456}) {
        assertEquals(Stop.BUDGET, engine.run(theirs.cpu(), part));
        assertEquals(part, engine.executed());
      }
    }
    assertEquals("", GuestComparison.of(ours.cpu(), Stop.BUDGET, theirs.cpu(), Stop.BUDGET));
  }

  @Test
  void manyAtOnce() throws Exception {
    GuestProgram ours = GuestProgram.sha256();
    GuestShader.End expected = ours.run(scalar().get(), BUDGET);
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<GuestProgram> guests = new ArrayList<>();
      List<Future<GuestShader.End>> ends = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        GuestProgram guest = GuestProgram.sha256();
        guests.add(guest);
        ends.add(
            threads.submit(
                () -> {
                  try (GuestSession session = device.session()) {
                    return guest.run(session.engine(), BUDGET);
                  }
                }));
      }
      for (int i = 0; i < MANY; i++) {
        same(ours, expected, guests.get(i), ends.get(i).get());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%,d programs on the device: %,d instructions each, %.1f million a second in sum%n",
        MANY, expected.executed(), MANY * expected.executed() / seconds / 1e6);
  }

  /** Each hashes another text; system calls of all are served by a machine of their own. */
  @Test
  void busyboxHashes() throws Exception {
    String busybox = System.getenv("AXON64_BUSYBOX");
    if (busybox == null || !Files.exists(Path.of(busybox))) {
      System.out.println("skipped: busybox on the device, AXON64_BUSYBOX names no arm64 busybox");
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> outputs = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String text = "guest " + i;
        outputs.add(
            threads.submit(
                () -> {
                  try (GuestSession session = device.session()) {
                    return sha256sum(busybox, text, session::engine);
                  }
                }));
      }
      for (int i = 0; i < MANY; i++) {
        String expected =
            i % 16 == 0 ? sha256sum(busybox, "guest " + i, scalar()) : digest("guest " + i);
        assertEquals(expected, outputs.get(i).get());
      }
    }
  }

  private static String digest(String text) {
    return dev.axon64.codegen.support.Digests.sha256(text.getBytes(StandardCharsets.UTF_8))
        + "  -\n";
  }

  private static String sha256sum(String busybox, String text, Supplier<Engine> engines) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .program(busybox)
            .arguments(List.of("sha256sum"))
            .stdin(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .stdout(output)
            .build()
            .run();
    assertEquals(0, status.shellCode());
    return output.toString(StandardCharsets.UTF_8);
  }

  /** Each process has a memory of its own, which is copied when it forks. */
  @Test
  void aMachineWithManyProcessesRuns() {
    String busybox = System.getenv("AXON64_BUSYBOX");
    if (busybox == null || !Files.exists(Path.of(busybox))) {
      System.out.println("skipped: processes on the device, AXON64_BUSYBOX names no busybox");
      return;
    }
    String expected = shell(busybox, scalar());
    try (GuestSession session = device.session()) {
      assertEquals(expected, shell(busybox, session::engine));
    }
    assertEquals("0: 3\n1: 3\n2: 3\nended 7\n", expected);
  }

  private static String shell(String busybox, Supplier<Engine> engines) {
    String script =
        "for i in 0 1 2; do echo $i: $(echo a b c | (read x; set -- $x; echo $#)); done;"
            + " (exit 7); echo ended $?";
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .program(busybox)
            .arguments(List.of("sh", "-c", script))
            .stdout(output)
            .build()
            .run();
    assertEquals(0, status.shellCode());
    return output.toString(StandardCharsets.UTF_8);
  }
}
