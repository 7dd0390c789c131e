package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tracer sees and sets registers as asm/ptrace.h of arm64 has them, and code as it is. */
class TracedRegistersTest {
  private static final String EXPECTED =
      """
        begins: stopped 19 code -6
        sizes 272 16 4 8 -22
        half a word -22
        fp 528
        brk: stopped 5 code 1
        x3 33 flags 0x60000000 at brk 1
        set 272
        step: stopped 5 code 2
        x3 101 flags 0x90000000 moved 16
        breakpoint: stopped 5 code 1
        x3 103 there 1
        step: stopped 5 code 2
        x3 107 moved 24
        step: stopped 5 code 2
        x3 107 moved 28
        step: stopped 5 code 2
        x3 107 moved 32
        parent 1
        before: stopped 5 code 5
        number 172 x7 0 x4 1
        set 4
        after: stopped 5 code 5
        x0 20 x7 1
        ends: ended 0x7f00
        status 0""";

  @TempDir Path folder;

  @Test
  void areSeenAndSet() throws IOException, InterruptedException {
    KernelCase program = KernelCase.compileForTheGuest(folder, "registers");
    assertEquals(
        EXPECTED,
        program.here(
            Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null), false));
    assertEquals(
        EXPECTED,
        program.here(
            Engines.translated(ShippedDispatcher.A64::dispatcher, 20, Runnable::run), true));
  }
}
