package dev.axon64.machine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.state.CpuState;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The oracle itself: what goes in comes out, and it stops for the right reasons. */
class UnicornOracleTest {
  private static final int NOP = 0xd503201f;
  private static final int SVC = 0xd4000021;
  private static final int BRK = 0xd4200020;
  private static final int MRS_CURRENT_EL = 0xd5384240;
  private static final int BR_X1 = 0xd61f0020;
  private static final int LDR_X0_X1 = 0xf9400020;
  private static final int STR_X0_X1 = 0xf9000020;
  private static final int ADDS_X0_X1_X2 = 0xab020020;

  private UnicornOracle oracle;
  private final CpuState state = new CpuState();

  @BeforeEach
  void open() {
    oracle = UnicornOracle.assume();
    state.pc = TestMemory.CODE + 64;
  }

  @AfterEach
  void close() {
    if (oracle != null) {
      oracle.close();
    }
  }

  @Test
  void registersComeBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i <= CpuState.SP; i++) {
      state.x[i] = i == CpuState.ZERO ? 0 : random.nextLong();
    }
    for (int i = 0; i < state.v.length; i++) {
      state.v[i] = random.nextLong();
    }
    state.setNzcv(0xa0000000L);
    state.fpcr = 0x00c00000;
    state.fpsr = 0x0800001f;
    state.tpidr = random.nextLong();
    CpuState before = state.copy();
    assertEquals(StopKind.NONE, oracle.step(state, NOP));
    assertEquals("", StateDifference.between(before, state, before.pc + 4));
  }

  @Test
  void executes() {
    state.x[1] = Long.MAX_VALUE;
    state.x[2] = 1;
    assertEquals(StopKind.NONE, oracle.step(state, ADDS_X0_X1_X2));
    assertEquals(Long.MIN_VALUE, state.x[0]);
    assertEquals(0x90000000L, state.nzcv());
  }

  @Test
  void tellsKindsOfStopsApart() {
    assertEquals(StopKind.SVC, oracle.step(state, SVC));
    state.pc = TestMemory.CODE;
    assertEquals(StopKind.BRK, oracle.step(state, BRK));
    assertEquals(StopKind.UNDEFINED, oracle.step(state, MRS_CURRENT_EL));
    assertEquals(StopKind.READ_UNMAPPED, access(LDR_X0_X1, TestMemory.DATA - 4));
    assertEquals(StopKind.WRITE_UNMAPPED, access(STR_X0_X1, TestMemory.DATA - 8));
    assertEquals(
        StopKind.WRITE_FORBIDDEN, access(STR_X0_X1, TestMemory.DATA + TestMemory.WRITABLE_BYTES));
    assertEquals(StopKind.NONE, access(STR_X0_X1, TestMemory.DATA + 1));
  }

  private StopKind access(int word, long address) {
    state.pc = TestMemory.CODE;
    state.x[1] = address;
    return oracle.step(state, word);
  }

  @Test
  void branchesOutOfTheCode() {
    state.x[1] = 0x1234_5678L;
    assertEquals(StopKind.NONE, oracle.step(state, BR_X1));
    assertEquals(0x1234_5678L, state.pc);
  }

  @Test
  void sharesData() {
    byte[] bytes = new byte[TestMemory.DATA_BYTES];
    bytes[8] = 42;
    oracle.fill(bytes);
    assertTrue(oracle.holds(bytes));
    assertEquals(StopKind.NONE, access(LDR_X0_X1, TestMemory.DATA + 8));
    assertEquals(42, state.x[0]);
    state.x[0] = 7;
    assertEquals(StopKind.NONE, access(STR_X0_X1, TestMemory.DATA + 8));
    assertEquals(8, oracle.mismatch(bytes));
    assertEquals(7, oracle.dataAt(8));
  }
}
