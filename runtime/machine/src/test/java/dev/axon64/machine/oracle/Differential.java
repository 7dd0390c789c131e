package dev.axon64.machine.oracle;

import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Steps an engine and the oracle side by side from the same states, and keeps what differs. */
final class Differential {
  private static final int CLREX = 0xd5033f5f;
  private static final int REFILL = 1 << 12;
  private static final int RENEW = 1 << 20;

  private final Engine engine;
  private final UnicornOracle oracle;
  private final RandomInstructions random;
  private final TestMemory memory = new TestMemory();
  private final CpuState ours = new CpuState();
  private final CpuState theirs = new CpuState();
  private final CpuState before = new CpuState();
  private final byte[] data = new byte[TestMemory.DATA_BYTES];
  private final Map<KnownDifference, Integer> known = new EnumMap<>(KnownDifference.class);
  private final Map<String, String> unknown = new TreeMap<>();
  private long steps;
  private long stops;

  Differential(Engine engine, UnicornOracle oracle, RandomInstructions random) {
    this.engine = engine;
    this.oracle = oracle;
    this.random = random;
    ours.memory = memory.space();
    before.memory = memory.space();
  }

  /** Steps compared so far. */
  long steps() {
    return steps;
  }

  /** How many of them stopped the guest, on both sides for the same reason. */
  long stops() {
    return stops;
  }

  /** What was explained, and how often. */
  Map<KnownDifference, Integer> known() {
    return known;
  }

  /** The first unexplained difference of each copy of an instruction. */
  Map<String, String> unknown() {
    return unknown;
  }

  /** Executes a random word of an instruction on both sides. */
  void step(Instruction instruction) {
    if (steps % REFILL == 0) {
      byte[] fresh = random.data();
      memory.fill(fresh);
      oracle.fill(fresh);
    }
    if (steps % RENEW == RENEW - 1) {
      oracle.renew();
    }
    ours.pc = TestMemory.CODE + 4 * (1 + steps % (TestMemory.CODE_BYTES / 4 - 2));
    int word = random.word(instruction, ours.pc);
    random.state(ours, instruction, word);
    if (isStoreExclusive(word)) {
      prepareMonitor(word);
    }
    compare(instruction, word);
    steps++;
  }

  /** STXR, STXP and their kin: as loads and stores exclusive, but for bits 23 and 22. */
  private static boolean isStoreExclusive(int word) {
    return (word & 0x3fc0_0000) == 0x0800_0000;
  }

  /** Arms both monitors as the store wants it, or opens both. */
  private void prepareMonitor(int store) {
    if (random.oneIn(3)) {
      stepBoth(CLREX);
      return;
    }
    int base = store >>> 5 & 31;
    int first = base == 1 ? 2 : 1;
    int second = base == 3 ? 4 : 3;
    boolean pair = (store >>> 21 & 1) != 0;
    int load = store | 1 << 22 | 31 << 16;
    load = load & ~31 | first;
    load = load & ~(31 << 10) | (pair ? second : 31) << 10;
    stepBoth(load);
  }

  private void stepBoth(int word) {
    long pc = ours.pc;
    theirs.assign(ours);
    oracle.step(theirs, word);
    memory.code(pc, word);
    engine.run(ours, 1);
    ours.pc = pc;
  }

  private void compare(Instruction instruction, int word) {
    before.assign(ours);
    theirs.assign(ours);
    StopKind theirKind = oracle.step(theirs, word);
    memory.code(ours.pc, word);
    StopKind ourKind = kind(engine.run(ours, 1));
    checkPrecise(instruction, word, ourKind);
    memory.read(data);
    long at = oracle.mismatch(data);
    String registers = StateDifference.between(ours, theirs, ours.pc);
    if (ourKind == theirKind && registers.isEmpty() && at < 0) {
      stops += ourKind == StopKind.NONE ? 0 : 1;
      return;
    }
    Optional<KnownDifference> why =
        KnownDifference.of(
            new KnownDifference.Case(instruction, word, ourKind, theirKind, registers));
    if (why.isPresent()) {
      known.merge(why.get(), 1, Integer::sum);
    } else {
      unknown.computeIfAbsent(
          instruction.name(), name -> complaint(word, ourKind, theirKind, registers, at));
    }
    oracle.fill(data);
    if (engineLeftRails()) {
      ours.assign(before);
    }
  }

  /** An instruction that stops the guest has changed no register. */
  private void checkPrecise(Instruction instruction, int word, StopKind kind) {
    if (kind == StopKind.NONE || kind == StopKind.SVC) {
      return;
    }
    String changed = StateDifference.between(before, ours, before.pc);
    if (!changed.isEmpty()) {
      unknown.computeIfAbsent(
          instruction.name(),
          name -> String.format("%08x ends with %s but changed %s", word, kind, changed));
    }
  }

  /** Registers that a difference filled with nonsense are no harm; the zero register is. */
  private boolean engineLeftRails() {
    return ours.x[CpuState.ZERO] != 0;
  }

  private String complaint(int word, StopKind our, StopKind their, String registers, long at) {
    StringBuilder text = new StringBuilder(String.format("%08x", word));
    if (our != their) {
      text.append(" stops: ").append(our).append(" / ").append(their);
    }
    if (!registers.isEmpty()) {
      text.append(" registers: ").append(registers);
    }
    if (at >= 0) {
      text.append(
          String.format(
              " memory at 0x%x: %02x / %02x",
              TestMemory.DATA + at, data[(int) at], oracle.dataAt(at)));
    }
    text.append(" before:");
    for (int low : new int[] {0, 5, 16, 10}) {
      int i = word >>> low & 31;
      int x = low == 5 && i == CpuState.ZERO ? CpuState.SP : i;
      text.append(
          String.format(
              " x%d 0x%x v%d 0x%x_%016x", i, before.x[x], i, before.v[2 * i + 1], before.v[2 * i]));
    }
    return text.append(
            String.format(
                " nzcv 0x%x fpcr 0x%x fpsr 0x%x pc 0x%x",
                before.nzcv(), before.fpcr, before.fpsr, before.pc))
        .toString();
  }

  private static StopKind kind(Stop stop) {
    return switch (stop) {
      case Stop.Budget none -> StopKind.NONE;
      case Stop.SystemCall call -> StopKind.SVC;
      case Stop.Undefined undefined -> StopKind.UNDEFINED;
      case Stop.Misdispatch wrong -> StopKind.OTHER;
      case Stop.Trap trap ->
          Stream.of(StopKind.BRK, StopKind.HLT, StopKind.ALIGNMENT)
              .filter(kind -> kind.name().equalsIgnoreCase(trap.kind().name()))
              .findFirst()
              .orElse(StopKind.OTHER);
      case Stop.Fault fault -> kind(fault.fault());
      case Stop.Ended ended -> StopKind.OTHER;
    };
  }

  private static StopKind kind(MemoryFault fault) {
    boolean unmapped = fault.reason == MemoryFault.Reason.UNMAPPED;
    return switch (fault.access) {
      case READ -> unmapped ? StopKind.READ_UNMAPPED : StopKind.READ_FORBIDDEN;
      case WRITE -> unmapped ? StopKind.WRITE_UNMAPPED : StopKind.WRITE_FORBIDDEN;
      case EXECUTE -> StopKind.OTHER;
    };
  }
}
