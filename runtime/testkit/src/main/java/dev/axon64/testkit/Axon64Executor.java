package dev.axon64.testkit;

import dev.axon64.emulator.Axon64;
import dev.axon64.emulator.Emulator;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Registers;
import java.util.Locale;

/** Executes on an engine of Axon64. */
public final class Axon64Executor implements Executor {
  private final EngineKind kind;
  private final Emulator emulator;

  /** The reference engine. */
  public Axon64Executor() {
    this(EngineKinds.reference());
  }

  /** An engine of {@link EngineKinds}. */
  public Axon64Executor(EngineKind kind) {
    this.kind = kind;
    int all = AddressSpace.READ | AddressSpace.WRITE;
    emulator =
        Axon64.emulator()
            .engine(kind)
            .dispatch(kind.policies().getFirst())
            .build()
            .map(MachineState.CODE, AddressSpace.PAGE, AddressSpace.READ | AddressSpace.EXECUTE)
            .map(MachineState.WINDOW, MachineState.WINDOW_SIZE, all);
  }

  @Override
  public String name() {
    return "axon64 " + kind.name();
  }

  /**
   * @throws IllegalArgumentException if pc is not within the page at {@link MachineState#CODE}
   */
  @Override
  public Outcome execute(int word, MachineState before) {
    if ((before.pc() & -AddressSpace.PAGE) != MachineState.CODE || (before.pc() & 3) != 0) {
      throw new IllegalArgumentException("pc: the instruction must stand in the page of the code");
    }
    CpuState cpu = emulator.cpu();
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      cpu.set(slot, before.slot(slot));
    }
    emulator.write(before.pc(), word).write(MachineState.WINDOW, before.memory());
    Stop stop = emulator.run(1);
    long[] slots = new long[Registers.SLOTS];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = cpu.get(slot);
    }
    byte[] memory = emulator.read(MachineState.WINDOW, MachineState.WINDOW_SIZE);
    return new Outcome(new MachineState(slots, memory), trap(stop));
  }

  private static String trap(Stop stop) {
    return switch (stop) {
      case Stop.Budget none -> "";
      case Stop.SystemCall call -> "svc";
      case Stop.Undefined undefined -> "undefined";
      case Stop.Misdispatch wrong -> "misdispatch";
      case Stop.Trap trap -> trap.kind().name().toLowerCase(Locale.ROOT);
      case Stop.Fault fault -> fault(fault.fault());
      case Stop.Ended ended -> throw new IllegalStateException("a run ended early: " + ended);
    };
  }

  private static String fault(MemoryFault fault) {
    return fault.getMessage();
  }
}
