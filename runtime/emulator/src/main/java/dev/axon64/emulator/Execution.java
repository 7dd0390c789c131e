package dev.axon64.emulator;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.ProbedEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;

/**
 * Executes on the emulator's own engine what no hook wants to know of, and all else on one that
 * tells the hooks. If the own engine cannot step aside for pages of code, it executes only when
 * there are no hooks.
 */
final class Execution {
  private final Engine own;
  private final ProbedEngine probed;
  private final Observation observation;
  private final boolean stepsAside;

  /** The version of the hooks that the own engine steps aside for. */
  private int version;

  /** Whether the next instruction accesses what hooks want to know of. */
  private boolean accesses;

  private Engine last;

  Execution(Engine own, ProbedEngine probed, Observation observation) {
    this.own = own;
    this.probed = probed;
    this.observation = observation;
    this.version = observation.version();
    stepsAside = own.stepAside(observation::isAside);
    last = own;
  }

  /** Whether loads and stores must be heard that the own engine is about to make. */
  boolean stepsAside() {
    return stepsAside;
  }

  /** The instructions that the last run completed. */
  long executed() {
    return last.executed();
  }

  /**
   * Runs for some time, and returns why the guest stopped: {@link Stop#BUDGET} also where another
   * engine is to go on.
   */
  Stop run(CpuState cpu, long budget) {
    if (!observation.isNeeded()) {
      return onOwn(cpu, budget);
    }
    if (!stepsAside) {
      last = probed;
      return probed.run(cpu, budget);
    }
    if (version != observation.version()) {
      version = observation.version();
      own.stepAside(observation::isAside);
    }
    boolean aside = observation.isAside(cpu.pc & -AddressSpace.PAGE);
    return aside || accesses ? onProbed(cpu, aside, budget) : onOwn(cpu, budget);
  }

  private Stop onProbed(CpuState cpu, boolean aside, long budget) {
    if (last == own && aside) {
      probed.beginBlock(); // a page with hooks for blocks is entered by branches alone
    }
    last = probed;
    accesses = false;
    observation.setStaysAside(aside);
    try {
      return probed.run(cpu, aside ? budget : 1);
    } finally {
      observation.setStaysAside(false);
    }
  }

  private Stop onOwn(CpuState cpu, long budget) {
    last = own;
    observation.setHidden(stepsAside);
    try {
      Stop stop = own.run(cpu, budget);
      if (stop instanceof Stop.Fault faulted
          && faulted.fault().reason == MemoryFault.Reason.ASIDE) {
        accesses = faulted.fault().access != MemoryFault.Access.EXECUTE;
        return Stop.BUDGET;
      }
      return stop;
    } finally {
      observation.setHidden(false);
    }
  }
}
