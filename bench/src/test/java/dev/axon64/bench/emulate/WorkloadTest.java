package dev.axon64.bench.emulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EachEngine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;
import dev.axon64.machine.engine.PageEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.oracle.UnicornGuest;
import dev.axon64.machine.state.CpuState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  private static final int ROUNDS = 2;

  /** What the guest is about to write. */
  private static String output(CpuState cpu) {
    assertEquals(64, cpu.x[8]);
    return new String(cpu.memory.read(cpu.x[1], (int) cpu.x[2]), StandardCharsets.US_ASCII);
  }

  private static String alone(Workload workload, Engine engine, long seed) {
    CpuState cpu = workload.guest(ROUNDS, seed);
    assertInstanceOf(Stop.SystemCall.class, engine.run(cpu, Long.MAX_VALUE));
    return output(cpu);
  }

  @ParameterizedTest
  @EnumSource
  void enginesAgree(Workload workload) {
    Engine page = new PageEngine(ShippedDispatcher.A64.dispatcher());
    assertEquals(
        alone(workload, page, 1),
        alone(workload, new EachEngine(ShippedDispatcher.A64.dispatcher()), 1));
    Engine translated =
        Engines.translated(ShippedDispatcher.A64::dispatcher, 1, Runnable::run).get();
    assertEquals(alone(workload, page, 1), alone(workload, translated, 1));
    List<CpuState> guests = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      guests.add(workload.guest(ROUNDS, i % 3));
    }
    new LaneEngine(ShippedDispatcher.A64::dispatcher).run(guests, Long.MAX_VALUE);
    for (int i = 0; i < 70; i += 23) {
      assertEquals(alone(workload, page, i % 3), output(guests.get(i)), "guest " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void qemuPrintsTheSame(Workload workload, @TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(
        Qemu.isPresent(), "qemu-aarch64 is not installed (Debian: apt-get install qemu-user)");
    Path file = folder.resolve(workload.label());
    workload.copyTo(file);
    Process process =
        new ProcessBuilder("qemu-aarch64", file.toString(), Integer.toString(ROUNDS), "7").start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(0, process.waitFor());
    Engine page = new PageEngine(ShippedDispatcher.A64.dispatcher());
    assertEquals(printed, alone(workload, page, 7));
  }

  @ParameterizedTest
  @EnumSource
  void unicornReachesTheSystemCall(Workload workload) {
    assumeTrue(UnicornGuest.absence().isEmpty(), () -> UnicornGuest.absence().orElse(""));
    try (UnicornGuest unicorn = new UnicornGuest(workload.guest(ROUNDS, 1))) {
      unicorn.run();
    }
  }
}
