package dev.axon64.system.cpu;

import dev.axon64.machine.memory.Devices;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.Host;
import dev.axon64.machine.state.Registers;
import dev.axon64.machine.state.TrapKind;
import dev.axon64.system.device.GenericTimer;
import dev.axon64.system.device.Gic;
import dev.axon64.system.device.State;
import dev.axon64.system.mmu.Mmu;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One processor: its registers, its memory management and its timers. */
public final class Core implements State.Of {
  private static final int VIRTUAL_TIMER = 27;
  private static final int PHYSICAL_TIMER = 30;

  /** Instructions that need the time or wait stop the run, so that it is known how far it came. */
  private static final Host ASKS =
      new Host() {
        @Override
        public long cntvct() {
          throw new GuestTrap(TrapKind.SYSTEM, 0);
        }

        @Override
        public void yield() {
          throw new GuestTrap(TrapKind.SYSTEM, 0);
        }
      };

  public final int number;
  public final CpuState cpu = new CpuState();
  public final Mmu mmu;
  final LongSupplier clock;
  final GenericTimer virtualTimer;
  final GenericTimer physicalTimer;
  private final Gic gic;
  private final long[] registers = new long[SystemRegister.values().length];

  /** All processors of the machine, this one included. */
  private List<Core> all = List.of(this);

  /** Whether it executes at all. */
  public boolean isOn;

  /** Whether it waits for an interrupt. */
  public boolean waits;

  /**
   * @param number of the processor, from 0
   * @param clock the time, in units of the counter
   */
  public Core(int number, PhysicalMemory memory, Devices devices, Gic gic, LongSupplier clock) {
    this.number = number;
    this.gic = gic;
    this.clock = clock;
    mmu = new Mmu(memory, devices);
    virtualTimer = new GenericTimer(high -> gic.setLine(number, VIRTUAL_TIMER, high));
    physicalTimer = new GenericTimer(high -> gic.setLine(number, PHYSICAL_TIMER, high));
    cpu.host = ASKS;
  }

  @Override
  public void state(State state) throws IOException {
    isOn = state.flag(isOn);
    waits = state.flag(waits);
    for (int i = 0; i < Registers.SLOTS; i++) {
      cpu.set(i, state.value(cpu.get(i)));
    }
    cpu.confine();
    state.values(registers);
    mmu.state(state);
    virtualTimer.state(state);
    physicalTimer.state(state);
    cpu.memory = mmu.space((int) cpu.el);
  }

  /** Starts at an address in EL1, with all exceptions masked and translation off. */
  public void start(long address, long argument) {
    cpu.reset();
    for (SystemRegister register : SystemRegister.values()) {
      registers[register.ordinal()] = register.reset;
    }
    registers[SystemRegister.MPIDR_EL1.ordinal()] |= number;
    long now = clock.getAsLong();
    virtualTimer.setControl(0, now);
    physicalTimer.setControl(0, now);
    mmu.setControl(SystemRegister.SCTLR_EL1.reset);
    mmu.forgetAll();
    cpu.el = 1;
    cpu.spsel = 1;
    cpu.daif = 0xf;
    cpu.memory = mmu.space(1);
    cpu.pc = address;
    cpu.x[0] = argument;
    isOn = true;
    waits = false;
  }

  /** Tells it which processors there are. */
  public void setAll(List<Core> cores) {
    all = cores;
  }

  /** Does something to the memory management of this processor, or of all. */
  void reach(boolean local, Consumer<Mmu> action) {
    if (local) {
      action.accept(mmu);
    } else {
      all.forEach(each -> action.accept(each.mmu));
    }
  }

  long get(SystemRegister register) {
    return registers[register.ordinal()];
  }

  void set(SystemRegister register, long value) {
    registers[register.ordinal()] = value;
  }

  /** FAR_EL1, the address that the last abort was about. */
  public long faultAddress() {
    return get(SystemRegister.FAR_EL1);
  }

  /** Whether an interrupt waits, masked or not. */
  public boolean isInterrupted() {
    return gic.interrupts(number);
  }

  /** Lets the timers look at the time. */
  public void updateTimers() {
    long now = clock.getAsLong();
    virtualTimer.update(now);
    physicalTimer.update(now);
  }

  /** When a timer rings next; {@link GenericTimer#NEVER} if none will. */
  public long nextTimer() {
    long now = clock.getAsLong();
    return Math.min(virtualTimer.next(now), physicalTimer.next(now));
  }
}
