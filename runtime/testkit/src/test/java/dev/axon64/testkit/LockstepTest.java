package dev.axon64.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.state.Register;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LockstepTest {
  private static final int BIT_FAULT = 17;

  /** UDIV as somebody might write it, with a bug: a signed comparison with 0 of the divisor. */
  private static MachineState divide(int word, MachineState before, boolean bug) {
    boolean wide = word < 0;
    long mask = wide ? -1 : 0xffff_ffffL;
    long dividend = register(before, word >>> 5 & 31) & mask;
    long divisor = register(before, word >>> 16 & 31) & mask;
    boolean none = bug ? divisor <= 0 : divisor == 0;
    long quotient = none ? 0 : Long.divideUnsigned(dividend, divisor);
    MachineState after = before.withPc(before.pc() + 4);
    int to = word & 31;
    return to == 31 ? after : after.withX(to, quotient);
  }

  private static long register(MachineState state, int number) {
    return number == 31 ? 0 : state.x(number);
  }

  @Test
  void aPlantedBugIsFoundWithinAHundredTries() {
    long most = 0;
    for (long seed = 0; seed < 200; seed++) {
      Lockstep lockstep =
          new Lockstep(
              new Axon64Executor(), Executor.of("mine", (word, s) -> divide(word, s, true)));
      Mismatch found =
          lockstep
              .search(Instructions.ofMnemonic("udiv"), States.any(), 100, seed)
              .orElseThrow(() -> new AssertionError("not found"));
      most = Math.max(most, found.tries());
      assertTrue(found.word() < 0, "a division of 64 bits");
      MachineState before = found.before();
      long registers = countOfRegisters(before);
      assertTrue(registers <= 2, () -> before.toString());
      String report = found.report();
      assertTrue(report.contains("udiv x"), report);
      assertTrue(report.contains("axon64 scalar") && report.contains("mine"), report);
    }
    System.out.println("planted bug: found in at most " + most + " tries");
  }

  private static long countOfRegisters(MachineState state) {
    return state.toString().isEmpty() ? 0 : state.toString().split(" ").length - 1; // pc
  }

  @Test
  void withoutTheBugNothingIsFound() {
    Lockstep lockstep =
        new Lockstep(new Axon64Executor(), Executor.of("mine", (w, s) -> divide(w, s, false)));
    Optional<Mismatch> found =
        lockstep.search(Instructions.ofMnemonic("udiv"), States.any(), 2_000, 1);
    assertEquals(Optional.empty(), found.map(Mismatch::report));
  }

  /** An executor that is right but for one bit of one register after one kind of instruction. */
  @Test
  void aFaultOfOneBitIsFound() {
    Axon64Executor right = new Axon64Executor();
    Executor faulty =
        new Executor() {
          @Override
          public String name() {
            return "faulty";
          }

          @Override
          public Outcome execute(int word, MachineState before) {
            Outcome outcome = right.execute(word, before);
            MachineState after = outcome.after();
            boolean hit = Instructions.text(word).startsWith("umulh") && (word & 31) != 31;
            return hit
                ? new Outcome(
                    after.withX(word & 31, after.x(word & 31) ^ 1L << BIT_FAULT), outcome.trap())
                : outcome;
          }
        };
    Mismatch found =
        new Lockstep(new Axon64Executor(), faulty)
            .search(Instructions.ofKernel("MULDIV"), States.any(), 2_000, 1)
            .orElseThrow();
    assertTrue(found.report().contains("umulh"), found::report);
    assertEquals(0, countOfRegisters(found.before()), "no register is needed to show it");
  }

  /** The engines of Axon64, held to each other by the kit that its users have. */
  @Test
  void theEnginesAgree() {
    for (EngineKind kind : EngineKinds.all()) {
      Lockstep lockstep = new Lockstep(new Axon64Executor(), new Axon64Executor(kind));
      for (String kernel :
          List.of(
              "ARITHMETIC", "LOGICAL", "LOADSTORE", "BRANCH", "MULDIV", "EXTEND_SHIFT", "FPSIMD")) {
        Optional<Mismatch> found =
            lockstep.search(Instructions.ofKernel(kernel), States.any(), 300, kernel.hashCode());
        assertEquals(Optional.empty(), found.map(Mismatch::report), kind.name());
      }
    }
  }

  @Provide
  Arbitrary<Integer> adds() {
    return Instructions.ofMnemonic("add");
  }

  @Provide
  Arbitrary<MachineState> states() {
    return States.any();
  }

  /** As a user's property. */
  @Property(tries = 200)
  void additionsMoveOn(@ForAll("adds") int word, @ForAll("states") MachineState state) {
    Outcome outcome = new Axon64Executor().execute(word, state);
    assertEquals("", outcome.trap());
    assertEquals(state.pc() + 4, outcome.after().pc());
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Instructions.ofKernel("NONE"));
    assertThrows(IllegalArgumentException.class, () -> Instructions.ofMnemonic("frobnicate"));
    assertThrows(IndexOutOfBoundsException.class, () -> MachineState.zero().x(31));
    MachineState wide = MachineState.zero();
    int flag = Register.named("FZ").orElseThrow().first();
    assertEquals(1, wide.withSlot(flag, -1).slot(flag));
  }
}
