package dev.axon64.emulator;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.ProbedEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Device;
import dev.axon64.machine.memory.MemoryFault;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * One A64 CPU with its memory, without an operating system. Each instruction's kernel is chosen by
 * the network. Only {@link #stop} and {@link #exit} may be called from other threads than the one
 * that runs it.
 *
 * <p>Addresses have 48 bits, or as many as {@link EmulatorBuilder#addressBits} says. Memory is
 * mapped in pages of 4096 bytes.
 *
 * <p>Hooks cost what they use: a hook for code only at the instructions of its range, a hook for
 * memory only at the pages of its range. An engine that translates does so with all pages of code
 * in which no hook for code or blocks can be called, but for the page that has the address before
 * which {@link Limits#until} ends the run. In the others it steps aside, as it does for single
 * accesses to devices and to pages of hooks for memory or directly beside them. It translates
 * nothing while there is a hook for edges, or one for all of memory.
 */
public final class Emulator extends CpuHooks {
  /** So many instructions pass between two looks at the clock and at interrupts. */
  private static final long SLICE = 1 << 16;

  private final ProbedEngine probed;
  private final Execution execution;
  private long executed;
  private long before;
  private boolean running;

  Emulator(Engine plain, Dispatcher dispatcher, AddressSpace memory) {
    this.probed = new ProbedEngine(dispatcher, observation);
    this.execution = new Execution(plain, probed, observation);
    cpu.memory = memory;
  }

  // Memory.

  /**
   * Maps pages of zeroes where nothing is mapped.
   *
   * @param address a multiple of 4096
   * @param size a multiple of 4096, above 0
   * @param protection the sum of any of {@link AddressSpace#READ}, {@code WRITE} and {@code
   *     EXECUTE}
   * @throws IllegalArgumentException if these are no such numbers, or something is mapped there
   */
  public Emulator map(long address, long size, int protection) {
    MappedMemory.map(cpu.memory, address, size, protection, Backing.anonymous());
    return this;
  }

  /**
   * Maps a device, which answers loads and stores. The guest can execute nothing there.
   *
   * @throws IllegalArgumentException as {@link #map} does
   */
  public Emulator mapDevice(long address, long size, Device device) {
    int protection = AddressSpace.READ | AddressSpace.WRITE;
    MappedMemory.map(
        cpu.memory, address, size, protection, Backing.device(Objects.requireNonNull(device)));
    observation.hasDevices();
    hooksChanged();
    return this;
  }

  /**
   * Maps bytes of the host. What either side writes, the other reads at once.
   *
   * @param bytes a multiple of 4096; those of a {@code byte[]} are the fastest. The guest must not
   *     write them if they are read-only
   * @throws IllegalArgumentException as {@link #map} does
   */
  public Emulator mapBuffer(long address, MemorySegment bytes, int protection) {
    MappedMemory.map(cpu.memory, address, bytes.byteSize(), protection, Backing.buffer(bytes));
    return this;
  }

  /**
   * Unmaps pages.
   *
   * @throws IllegalArgumentException if they are not all mapped
   */
  public Emulator unmap(long address, long size) {
    MappedMemory.unmap(cpu.memory, address, size);
    return this;
  }

  /**
   * Changes the protection of pages.
   *
   * @throws IllegalArgumentException if they are not all mapped, or it is no protection
   */
  public Emulator protect(long address, long size, int protection) {
    MappedMemory.protect(cpu.memory, address, size, protection);
    return this;
  }

  /**
   * Writes bytes, whatever the protection of their pages.
   *
   * @throws MemoryFault if they are not all mapped; nothing is written then
   */
  public Emulator write(long address, byte[] bytes) {
    cpu.memory.poke(address, bytes);
    return this;
  }

  /** Writes instruction words as {@link #write(long, byte[])} writes bytes. */
  public Emulator write(long address, int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words);
    return write(address, bytes.array());
  }

  /**
   * Reads bytes, whatever the protection of their pages.
   *
   * @throws MemoryFault if they are not all mapped
   */
  public byte[] read(long address, int size) {
    if (size < 0) {
      throw new IllegalArgumentException("read: a size of " + size + " is below 0");
    }
    return cpu.memory.peek(address, size);
  }

  /** The memory itself. */
  public AddressSpace memory() {
    return cpu.memory;
  }

  /**
   * Maps and fills a program's segments and sets pc to its entry. A relocatable image keeps the
   * addresses it has in the file. {@link Elf} loads objects, and finds symbols.
   *
   * @throws dev.axon64.codegen.support.InputException if it is no AArch64 ELF program
   * @throws IllegalArgumentException if something is mapped where it has to lie
   */
  public Emulator loadElf(Path file) {
    return pc(Elf.read(file).loadInto(this).entry());
  }

  // Runs.

  /**
   * Ends the run, which then returns {@link Stop.Stopped}: from a hook before an instruction that
   * instruction is not executed, from another hook the current one is completed, and from another
   * thread it ends soon. Without a run it does nothing.
   */
  public void stop() {
    control.end(new Stop.Stopped());
  }

  /** Ends the run as {@link #stop} does, but it returns {@link Stop.Exited}. */
  public void exit(int status) {
    control.end(new Stop.Exited(status));
  }

  /** Runs from pc until something stops the guest, a hook does, or the budget is used up. */
  public Stop run(long budget) {
    return run(Limits.instructions(budget));
  }

  /** Runs as {@link #run(long)} does, but stops before the instruction at {@code end}. */
  public Stop runUntil(long end, long budget) {
    return run(Limits.instructions(budget).until(end));
  }

  /** The number of instructions that the last run completed, or the current one has by now. */
  public long executed() {
    return executed;
  }

  /** Says how many instructions the engine has completed since it was last started. */
  void completed(long instructions) {
    executed = before + instructions;
  }

  /** Says that an instruction accesses memory now. */
  void accesses() {
    if (running) {
      completed(probed.current());
    }
  }

  /**
   * Runs from pc until something stops the guest, a hook or another thread does, the thread is
   * interrupted, or a limit is reached.
   *
   * @return {@link Stop.Ended} says that something beside the guest ended it
   * @throws IllegalStateException if it is called from a hook
   */
  public Stop run(Limits limits) {
    if (running) {
      throw new IllegalStateException("the emulator runs already; a hook cannot run it");
    }
    running = true;
    executed = 0;
    cpu.confine();
    control.begin(limits.time().map(Duration::toNanos));
    observation.begin(limits.until());
    probed.beginBlock();
    try {
      return slices(limits);
    } finally {
      running = false;
    }
  }

  private Stop slices(Limits limits) {
    long settled = 0; // those count too, so that a guest that traps for ever ends
    while (true) {
      control.look();
      if (control.isOver()) {
        return control.reason();
      }
      if (limits.until().isPresent() && cpu.pc == limits.until().getAsLong()) {
        return new Stop.Until();
      }
      if (executed + settled >= limits.instructions()) {
        return Stop.BUDGET;
      }
      Stop stop = slice(Math.min(SLICE, limits.instructions() - executed - settled));
      if (!(stop instanceof Stop.Budget)) {
        if (!isSettled(stop)) {
          return control.isOver() ? control.reason() : stop;
        }
        settled += stop instanceof Stop.SystemCall ? 0 : 1;
      }
    }
  }

  private Stop slice(long budget) {
    before = executed;
    try {
      return execution.run(cpu, budget);
    } finally {
      completed(execution.executed());
    }
  }

  @Override
  boolean stepsAside() {
    return execution.stepsAside();
  }

  /** Calls the hooks for what stopped the guest, and says whether the guest may go on. */
  private boolean isSettled(Stop stop) {
    boolean settled = false;
    if (stop instanceof Stop.SystemCall call) {
      for (var entry : observation.calls.entries()) {
        entry.ifActive(hook -> hook.call(this, call.immediate()));
        settled = true;
      }
    } else {
      for (var entry : observation.interrupts.entries()) {
        settled = settled || entry.isActive() && entry.hook().settle(this, stop);
      }
      if (settled) {
        probed.beginBlock();
      }
    }
    cpu.confine();
    return settled;
  }

  // Contexts and snapshots.

  /** Keeps all registers. */
  public Context context() {
    return new Context(cpu);
  }

  /** Restores the registers of a context; memory stays as it is. */
  public Emulator restore(Context context) {
    context.restoreTo(cpu);
    return this;
  }

  /** Restores the registers of a snapshot; memory stays as it is. */
  public Emulator restoreRegisters(Snapshot snapshot) {
    return restore(snapshot.registers());
  }

  /** Keeps registers and memory; pages are shared until one side writes. */
  public Snapshot snapshot() {
    return new Snapshot(context(), cpu.memory.checkpoint());
  }

  /**
   * Restores the registers and memory of a snapshot. If it is the last that was taken or restored,
   * and nothing was mapped since, it takes as long as the pages need that were written since;
   * otherwise as long as all pages.
   */
  public Emulator restore(Snapshot snapshot) {
    if (!cpu.memory.restore(snapshot.memory())) {
      AddressSpace old = cpu.memory;
      cpu.memory = AddressSpace.copyOf(snapshot.memory());
      old.setAccessListener(null);
      old.clear();
      hooksChanged();
    }
    return restore(snapshot.registers());
  }
}
