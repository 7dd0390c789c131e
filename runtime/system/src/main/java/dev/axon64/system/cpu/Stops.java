package dev.axon64.system.cpu;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.Devices;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;
import dev.axon64.machine.memory.TranslatedSpace;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.TrapKind;
import dev.axon64.system.mmu.TableWalk;

/**
 * What a processor does where its engine stops: exceptions, accesses of devices, and what EL1 asks
 * for.
 */
public final class Stops {
  private final Core core;
  private final CpuState cpu;
  private final Engine engine;
  private final Devices devices;
  private final Exceptions exceptions;
  private final Instructions instructions;
  private final Grants grants;

  /**
   * @param engine executes the instructions that devices are accessed by
   */
  public Stops(
      Core core,
      Engine engine,
      Devices devices,
      Exceptions exceptions,
      Instructions.Monitor monitor) {
    this.core = core;
    this.cpu = core.cpu;
    this.engine = engine;
    this.devices = devices;
    this.exceptions = exceptions;
    this.instructions = new Instructions(core, exceptions, monitor);
    this.grants = new Grants(core);
  }

  /** Takes an interrupt. */
  public void interrupt() {
    exceptions.interrupt();
  }

  /**
   * Goes on after a stop.
   *
   * @return the instructions that were executed beside the engine's
   * @throws Misdispatched if the network gave a word to a kernel that does not own it
   */
  public int handle(Stop stop) {
    return switch (stop) {
      case Stop.Budget none -> 0;
      case Stop.SystemCall call -> {
        exceptions.synchronous(Syndrome.SUPERVISOR_CALL, call.immediate());
        yield 0;
      }
      case Stop.Undefined word -> undefined(word.word());
      case Stop.Misdispatch wrong -> throw new Misdispatched(wrong, cpu.pc, (int) cpu.el);
      case Stop.Trap trap -> trap(trap);
      case Stop.Ended other -> throw new IllegalStateException("no engine stops so: " + other);
      case Stop.Fault fault -> fault(fault.fault());
    };
  }

  private int trap(Stop.Trap trap) {
    TrapKind kind = trap.kind();
    if (kind.equals(TrapKind.SYSTEM)) {
      int word = cpu.memory.fetch(cpu.pc);
      if (cpu.el == 0 && grants.of(word) == Grants.Answer.REFUSED) {
        Grants.refuse(exceptions, word);
        return 0;
      }
      return instructions.execute(word) ? 1 : 0;
    }
    if (kind.equals(TrapKind.UNPRIVILEGED)) {
      return unprivileged();
    }
    if (kind.equals(TrapKind.BRK)) {
      exceptions.synchronous(Syndrome.BREAKPOINT_INSTRUCTION, trap.argument());
    } else if (kind.equals(TrapKind.ALIGNMENT)) {
      misaligned(trap.argument());
    } else if (kind.equals(TrapKind.DISABLED)) {
      exceptions.synchronous(Syndrome.FLOATING_POINT, Syndrome.ALWAYS);
    } else {
      exceptions.synchronous(Syndrome.UNKNOWN, 0);
    }
    return 0;
  }

  /** A word that is undefined, unless EL1 grants it to EL0. */
  private int undefined(int word) {
    switch (cpu.el == 0 ? grants.of(word) : Grants.Answer.UNKNOWN) {
      case GRANTED -> {
        return instructions.execute(word) ? 1 : 0;
      }
      case REFUSED -> Grants.refuse(exceptions, word);
      case UNKNOWN -> exceptions.synchronous(Syndrome.UNKNOWN, 0);
    }
    return 0;
  }

  /** Executes a load or store of EL1 as EL0 would. */
  private int unprivileged() {
    cpu.el = 0;
    cpu.memory = core.mmu.unprivileged();
    Stop stop;
    try {
      stop = engine.run(cpu, 1);
      if (stop instanceof Stop.Fault fault && isDevice(fault.fault(), false)) {
        stop = inDevices();
      }
    } finally {
      cpu.el = 1;
      cpu.memory = core.mmu.space(1);
    }
    if (stop instanceof Stop.Fault fault) {
      abort(fault.fault(), false);
      return 0;
    }
    return stop instanceof Stop.Budget ? 1 : handle(stop);
  }

  private int fault(MemoryFault fault) {
    if (fault.access != Access.EXECUTE && isDevice(fault, cpu.el == 1)) {
      Stop stop = inDevices();
      if (stop instanceof Stop.Budget) {
        return 1;
      }
      if (stop instanceof Stop.Fault again) {
        abort(again.fault(), cpu.el == 1);
        return 0;
      }
      return handle(stop);
    }
    abort(fault, cpu.el == 1);
    return 0;
  }

  private boolean isDevice(MemoryFault fault, boolean privileged) {
    TableWalk walk = core.mmu.walk();
    return fault.reason == Reason.OUTSIDE
        && walk.walk(fault.address, fault.access, privileged)
        && devices.answers(walk.physical());
  }

  /** Executes an instruction that accesses devices. */
  private Stop inDevices() {
    TranslatedSpace space = (TranslatedSpace) cpu.memory;
    space.openDevices(true);
    try {
      return engine.run(cpu, 1);
    } finally {
      space.openDevices(false);
    }
  }

  private void abort(MemoryFault fault, boolean privileged) {
    long status;
    if (fault.reason == Reason.MISALIGNED) {
      status = Syndrome.ALIGNMENT;
    } else {
      TableWalk walk = core.mmu.walk();
      status =
          walk.walk(fault.address, fault.access, privileged) ? Syndrome.EXTERNAL : walk.fault();
    }
    int own = (int) cpu.el;
    if (fault.access == Access.EXECUTE) {
      exceptions.synchronous(Syndrome.INSTRUCTION_ABORT + own, status, fault.address);
    } else {
      long write = fault.access == Access.WRITE ? Syndrome.WRITE : 0;
      exceptions.synchronous(Syndrome.DATA_ABORT + own, status | write, fault.address);
    }
  }

  private void misaligned(long address) {
    if (address == cpu.pc && (address & 3) != 0) {
      exceptions.synchronous(Syndrome.PC_ALIGNMENT, 0, address);
      return;
    }
    long write = stores(cpu.memory.fetch(cpu.pc)) ? Syndrome.WRITE : 0;
    int kind = Syndrome.DATA_ABORT + (int) cpu.el;
    exceptions.synchronous(kind, Syndrome.ALIGNMENT | write, address);
  }

  /**
   * Whether a word that needs an aligned address stores: bit 22 is the direction of all of them.
   */
  private static boolean stores(int word) {
    return (word & 1 << 22) == 0;
  }
}
