package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.Accelerator.Network;
import dev.axon64.propose.accelerate.Loop.Course;
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.PatternProposal;
import dev.axon64.propose.companion.PatternProposal.Direction;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the checker finds a loop to be, for the current registers. Proposals are compared with it,
 * and networks learn from it.
 *
 * @param type what ends the loop and what it does, if nothing in it depends on loaded data; else
 *     UNKNOWN
 * @param counters the registers that tell its end, 31 for SP; empty if data alone tells it
 * @param kind the bulk operation that it is
 * @param destinations the registers that say where it stores
 * @param sources the registers that say where it loads
 * @param firsts the registers that say where its first load is
 * @param elementBytes the size of its first access; 0 if it has none
 * @param direction the direction of its first access
 * @param head the address of its first instruction
 * @param length the number of instructions of an iteration
 */
public record LoopFacts(
    LoopType type,
    TreeSet<Integer> counters,
    PatternProposal.Kind kind,
    TreeSet<Integer> destinations,
    TreeSet<Integer> sources,
    TreeSet<Integer> firsts,
    int elementBytes,
    Direction direction,
    long head,
    int length) {

  /**
   * Finds the facts of the loop whose branch back was just taken.
   *
   * @param cpu at the loop's head
   * @param branch the address of the branch
   * @return empty if the checker cannot follow it
   */
  public static Optional<LoopFacts> of(Meanings meanings, CpuState cpu, long branch) {
    try {
      Code code = Code.at(cpu.memory, branch);
      return code.reaches(cpu.pc)
          ? Optional.of(of(new Loop(LoopReader.read(meanings, code, cpu.pc)), cpu))
          : Optional.empty();
    } catch (Refusal unknown) {
      return Optional.empty();
    }
  }

  static LoopFacts of(Loop loop, CpuState cpu) {
    Forecast forecast = new Forecast(loop);
    forecast.begin(cpu);
    forecast.at(loop.forecast, 0);
    TreeSet<Integer> counters = counters(loop);
    TreeSet<Integer> destinations = new TreeSet<>();
    TreeSet<Integer> sources = new TreeSet<>();
    TreeSet<Integer> firsts = new TreeSet<>();
    int streams = 0;
    for (Access access : loop.iteration.accesses()) {
      TreeSet<Integer> registers = registers(loop, access.address());
      if (access.store()) {
        destinations.addAll(registers);
      } else if (streams++ == 0) {
        firsts.addAll(registers);
        sources.addAll(registers);
      } else {
        sources.addAll(registers);
      }
    }
    Access first =
        loop.iteration.accesses().isEmpty() ? null : loop.iteration.accesses().getFirst();
    return new LoopFacts(
        type(loop, forecast, counters),
        counters,
        kind(loop, forecast),
        destinations,
        sources,
        firsts,
        first == null ? 0 : first.bytes(),
        direction(loop, forecast, first),
        loop.iteration.head(),
        loop.iteration.length());
  }

  private static Direction direction(Loop loop, Forecast forecast, Access first) {
    if (first == null || !loop.closed[first.address()] || forecast.step[first.address()] == 0) {
      return Direction.UNKNOWN;
    }
    return forecast.step[first.address()] > 0 ? Direction.UPWARDS : Direction.DOWNWARDS;
  }

  /** The general registers and SP that a value is computed from. */
  private static TreeSet<Integer> registers(Loop loop, int id) {
    TreeSet<Integer> found = new TreeSet<>();
    collect(loop, id, found);
    return found;
  }

  private static void collect(Loop loop, int id, TreeSet<Integer> found) {
    if (loop.values[id] instanceof Value.Entry entry && entry.slot() < Slots.GENERAL) {
      found.add(entry.slot());
    }
    loop.values[id].operands().forEach(operand -> collect(loop, operand, found));
  }

  private static TreeSet<Integer> counters(Loop loop) {
    TreeSet<Integer> found = new TreeSet<>();
    for (int exit : loop.closedExits) {
      found.addAll(registers(loop, exit));
    }
    found.removeIf(slot -> loop.steps[slot] == null);
    return found;
  }

  private static LoopType type(Loop loop, Forecast forecast, TreeSet<Integer> counters) {
    if (loop.hasData || counters.isEmpty() || isCopy(loop)) {
      return LoopType.UNKNOWN;
    }
    if (loop.iteration.accesses().stream().anyMatch(Access::store)) {
      return LoopType.MEMORY_FILL;
    }
    return forecast.growth(counters.first()) < 0 ? LoopType.COUNT_DOWN : LoopType.COUNT_UP;
  }

  private static boolean isCopy(Loop loop) {
    for (boolean copied : loop.copied) {
      if (copied) {
        return true;
      }
    }
    return false;
  }

  private static PatternProposal.Kind kind(Loop loop, Forecast forecast) {
    boolean stores = loop.iteration.accesses().stream().anyMatch(Access::store);
    return stores ? storing(loop, forecast) : reading(loop);
  }

  private static PatternProposal.Kind storing(Loop loop, Forecast forecast) {
    boolean same = true;
    boolean loaded = true;
    Access store = null;
    for (Access access : loop.iteration.accesses()) {
      if (access.store()) {
        same &= loop.same[access.value()];
        loaded &= loop.values[access.value()] instanceof Value.Load;
        store = access;
      }
    }
    if (same && !loop.hasData) {
      return PatternProposal.Kind.MEMSET;
    }
    if (loaded && loop.dataExits.length > 0) {
      return PatternProposal.Kind.STRCPY;
    }
    if (loaded && !loop.hasData) {
      return forecast.step[store.address()] < 0
          ? PatternProposal.Kind.MEMMOVE_BACKWARDS
          : PatternProposal.Kind.MEMCPY;
    }
    return PatternProposal.Kind.NONE;
  }

  private static PatternProposal.Kind reading(Loop loop) {
    if (loop.dataExits.length > 0) {
      return searching(loop);
    }
    boolean sums = false;
    boolean xors = false;
    boolean mixes = false;
    for (int slot = 0; slot < Slots.GENERAL; slot++) {
      int entry = loop.entries[slot];
      if (entry >= 0 && loop.courses[slot] == Course.CARRIED) {
        int next = loop.withoutZeros(loop.next(slot));
        boolean sum = Linear.of(loop.values, next).terms().getOrDefault(entry, 0L) == 1;
        sums |= sum;
        xors |= !sum && isXor(loop.values[next]);
        mixes |= !sum && !isXor(loop.values[next]);
      }
    }
    if (mixes || sums && xors) {
      return PatternProposal.Kind.CRC;
    }
    return sums
        ? PatternProposal.Kind.SUM
        : xors ? PatternProposal.Kind.XOR : PatternProposal.Kind.NONE;
  }

  private static boolean isXor(Value v) {
    return v instanceof Value.Computed computed
        && computed.operation() instanceof Node.Binary n
        && n.op() == BinaryOp.XOR;
  }

  private static PatternProposal.Kind searching(Loop loop) {
    int alone = 0;
    int both = 0;
    boolean zero = false;
    for (int exit : loop.dataExits) {
      TreeSet<Integer> loads = new TreeSet<>();
      loads(loop, exit, loads);
      if (loads.size() > 1) {
        both++;
      } else {
        alone++;
        zero |= registers(loop, exit).isEmpty();
      }
    }
    if (both > 0) {
      return alone > 0 ? PatternProposal.Kind.STRCMP : PatternProposal.Kind.MEMCMP;
    }
    return zero && loop.closedExits.length == 0
        ? PatternProposal.Kind.STRLEN
        : PatternProposal.Kind.MEMCHR;
  }

  private static void loads(Loop loop, int id, TreeSet<Integer> found) {
    if (loop.values[id] instanceof Value.Load) {
      found.add(id);
    }
    loop.values[id].operands().forEach(operand -> loads(loop, operand, found));
  }

  /** The networks that have a name for this loop. */
  Set<Network> nameable() {
    Set<Network> able = EnumSet.noneOf(Network.class);
    if (type != LoopType.UNKNOWN) {
      able.add(Network.LOOPS);
    }
    if (kind != PatternProposal.Kind.NONE) {
      able.add(Network.PATTERNS);
    }
    return able;
  }

  /** Tells why a proposal does not hold; empty if it does. */
  Optional<String> objection(LoopProposal proposal) {
    if (proposal.type() != type) {
      return Optional.of("other type");
    }
    return counters.contains(proposal.counter()) ? Optional.empty() : Optional.of("other counter");
  }

  /** Tells why a proposal does not hold; empty if it does. */
  Optional<String> objection(PatternProposal proposal) {
    if (proposal.kind() != kind) {
      return Optional.of("other operation");
    }
    boolean right =
        switch (kind) {
          case NONE -> false;
          case MEMSET -> destinations.contains(proposal.destination());
          case MEMCPY, MEMMOVE_BACKWARDS, STRCPY ->
              destinations.contains(proposal.destination()) && sources.contains(proposal.source());
          case MEMCMP, STRCMP ->
              sources.contains(proposal.destination()) && sources.contains(proposal.source());
          case MEMCHR, STRLEN -> sources.contains(proposal.source());
          case SUM, XOR, CRC -> // those of registers alone have no source
              sources.isEmpty() || sources.contains(proposal.source());
        };
    return right ? Optional.empty() : Optional.of("other operands");
  }
}
