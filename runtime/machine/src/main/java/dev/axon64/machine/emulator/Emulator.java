package dev.axon64.machine.emulator;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.SegmentLoader;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AccessListener;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One A64 CPU with its memory, without an operating system. Each instruction's kernel is chosen by
 * the network. Not thread-safe.
 *
 * <p>Addresses are 48 bits; memory is mapped in pages of 4096 bytes. Hooks make a run slower: with
 * one for code, blocks or memory, or a stop address, instructions are executed one at a time.
 */
public final class Emulator {
  /** Settings. */
  public static final class Builder {
    private Supplier<? extends Dispatcher> dispatchers = ShippedDispatcher.A64::dispatcher;
    private Engines.Policy policy = Engines.Policy.PAGE;
    private long memory = 1L << 30;

    Builder() {}

    /**
     * The network that dispatches; the shipped {@code a64} unless set.
     *
     * @throws dev.axon64.codegen.support.InputException if it has not the kernels that were
     *     generated
     */
    public Builder network(Network model) {
      dispatchers = Engines.dispatchers(model);
      return this;
    }

    /** When the network is asked; by page unless set. */
    public Builder dispatch(Engines.Policy when) {
      policy = when;
      return this;
    }

    /** The most bytes of memory that the guest may touch; 1 GiB unless set. */
    public Builder memoryLimit(long bytes) {
      memory = bytes;
      return this;
    }

    /** The emulator: nothing mapped, all registers 0. */
    public Emulator build() {
      return new Emulator(this);
    }
  }

  /** The state of an emulator at one time; can be restored any number of times. */
  public static final class Snapshot {
    private final CpuState cpu;
    private final AddressSpace memory;

    private Snapshot(CpuState cpu, AddressSpace memory) {
      this.cpu = cpu;
      this.memory = memory;
    }
  }

  private record Watch<H>(long from, long to, H hook) {
    boolean covers(long address) {
      return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
    }
  }

  private final CpuState cpu = new CpuState();
  private final Engine plain;
  private final Engine observed;
  private final List<Watch<Hooks.Code>> code = new ArrayList<>();
  private final List<Watch<Hooks.Memory>> accesses = new ArrayList<>();
  private final List<Hooks.Block> blocks = new ArrayList<>();
  private Hooks.SystemCall systemCall;
  private Hooks.Interrupt interrupt;
  private long until;
  private boolean hasUntil;
  private boolean stopped;
  private boolean moved;
  private long expected;
  private long executed;

  private Emulator(Builder b) {
    plain = Engines.of(b.policy, b.dispatchers, null).get();
    observed = Engines.observed(b.dispatchers, () -> (StepObserver) this::before).get();
    cpu.memory = new AddressSpace(new MemoryLimit(b.memory));
  }

  // Memory.

  /**
   * Maps zeroes.
   *
   * @param address a multiple of 4096
   * @param size likewise, above 0
   * @param protection of {@link AddressSpace#READ}, {@code WRITE}, {@code EXECUTE}
   */
  public Emulator map(long address, long size, int protection) {
    cpu.memory.map(address, size, protection, "mapped");
    return this;
  }

  /** Unmaps pages. */
  public Emulator unmap(long address, long size) {
    cpu.memory.unmap(address, size);
    return this;
  }

  /** Changes the protection of mapped pages. */
  public Emulator protect(long address, long size, int protection) {
    cpu.memory.protect(address, size, protection);
    return this;
  }

  /**
   * Writes bytes, whatever the protection.
   *
   * @throws MemoryFault if they are not all mapped
   */
  public Emulator write(long address, byte[] bytes) {
    forced(address, bytes.length, () -> cpu.memory.write(address, bytes));
    return this;
  }

  /** Writes instruction words. */
  public Emulator write(long address, int... words) {
    byte[] bytes = new byte[4 * words.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (words[i / 4] >>> 8 * (i % 4));
    }
    return write(address, bytes);
  }

  /**
   * Reads bytes.
   *
   * @throws MemoryFault if they cannot all be read
   */
  public byte[] read(long address, int size) {
    return cpu.memory.read(address, size);
  }

  /** The memory itself. */
  public AddressSpace memory() {
    return cpu.memory;
  }

  private void forced(long address, long size, Runnable body) {
    long first = address & -AddressSpace.PAGE;
    long end = address + size + AddressSpace.PAGE - 1 & -AddressSpace.PAGE;
    List<long[]> before = new ArrayList<>();
    for (long page = first; page != end; page += AddressSpace.PAGE) {
      var mapping = cpu.memory.mappingAt(page);
      if (mapping != null && (mapping.protection() & AddressSpace.WRITE) == 0) {
        before.add(new long[] {page, mapping.protection()});
        cpu.memory.protect(page, AddressSpace.PAGE, mapping.protection() | AddressSpace.WRITE);
      }
    }
    try {
      body.run();
    } finally {
      before.forEach(p -> cpu.memory.protect(p[0], AddressSpace.PAGE, (int) p[1]));
    }
  }

  /**
   * Maps and fills an ELF file's segments and sets pc to its entry. A relocatable image keeps the
   * addresses it has in the file.
   *
   * @throws dev.axon64.codegen.support.InputException if it is no AArch64 ELF file
   */
  public Emulator loadElf(Path file) {
    ElfImage image = ElfImage.read(file);
    SegmentLoader.load(image, cpu.memory, file.toString());
    cpu.pc = image.entry();
    return this;
  }

  // Registers.

  /** All registers; x[32] is SP. */
  public CpuState cpu() {
    return cpu;
  }

  /**
   * A general register.
   *
   * @param register 0 to 30; 31 is the stack pointer
   */
  public long x(int register) {
    return cpu.x[register == 31 ? CpuState.SP : register];
  }

  /** Sets a general register; 31 is the stack pointer. */
  public Emulator x(int register, long value) {
    cpu.x[register == 31 ? CpuState.SP : register] = value;
    return this;
  }

  /** The next instruction's address. */
  public long pc() {
    return cpu.pc;
  }

  /** Sets it; a hook may do so too. */
  public Emulator pc(long address) {
    cpu.pc = address;
    return this;
  }

  // Hooks.

  /** Calls a hook before each instruction from {@code from} up to but not at {@code to}. */
  public Emulator onCode(long from, long to, Hooks.Code hook) {
    code.add(new Watch<>(from, to, hook));
    return this;
  }

  /** Calls a hook at the start of each block. */
  public Emulator onBlock(Hooks.Block hook) {
    blocks.add(hook);
    return this;
  }

  /** Calls a hook before loads and stores that begin in a range. */
  public Emulator onMemory(long from, long to, Hooks.Memory hook) {
    accesses.add(new Watch<>(from, to, hook));
    return this;
  }

  /** Sets what SVC does. */
  public Emulator onSystemCall(Hooks.SystemCall hook) {
    systemCall = hook;
    return this;
  }

  /** Sets what faults, undefined words and other traps do. */
  public Emulator onInterrupt(Hooks.Interrupt hook) {
    interrupt = hook;
    return this;
  }

  /** Ends the run after the current instruction, or before it from a hook for code. */
  public void stop() {
    stopped = true;
  }

  // Running.

  /** Runs from pc until something stops the guest, a hook does, or the budget is used up. */
  public Stop run(long budget) {
    return go(budget);
  }

  /** The same, and stops in front of the instruction at {@code end}. */
  public Stop runUntil(long end, long budget) {
    hasUntil = true;
    until = end;
    try {
      return go(budget);
    } finally {
      hasUntil = false;
    }
  }

  /** Instructions that the last run completed. */
  public long executed() {
    return executed;
  }

  private Stop go(long budget) {
    executed = 0;
    stopped = false;
    moved = false;
    expected = cpu.pc + 1; // no address of an instruction, so that the first begins a block
    boolean watched = hasUntil || !code.isEmpty() || !blocks.isEmpty() || !accesses.isEmpty();
    Engine engine = watched ? observed : plain;
    cpu.memory.setAccessListener(accesses.isEmpty() ? null : new Accesses());
    while (executed < budget && !stopped) {
      Stop stop = engine.run(cpu, budget - executed);
      executed += engine.executed();
      if (stop instanceof Stop.Budget && !moved) {
        return stop;
      }
      if (moved) {
        moved = false;
        continue;
      }
      if (stop instanceof Stop.SystemCall call && systemCall != null) {
        systemCall.call(this, call.immediate());
      } else if (interrupt == null
          || stop instanceof Stop.SystemCall
          || !interrupt.settle(this, stop)) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  private boolean before(CpuState state, int word, int kernel) {
    long pc = state.pc;
    if (stopped || hasUntil && pc == until) {
      return false;
    }
    if (pc != expected) {
      blocks.forEach(hook -> hook.block(this, pc));
    }
    for (Watch<Hooks.Code> watch : code) {
      if (watch.covers(pc)) {
        watch.hook.instruction(this, pc, word);
      }
    }
    expected = pc + 4;
    // Where a hook has moved pc, the engine must look again.
    moved = !stopped && state.pc != pc;
    return !stopped && !moved;
  }

  private final class Accesses implements AccessListener {
    @Override
    public void read(long address, int size) {
      tell(false, address, size, 0);
    }

    @Override
    public void write(long address, int size, long value) {
      tell(true, address, size, value);
    }

    private void tell(boolean write, long address, int size, long value) {
      for (Watch<Hooks.Memory> watch : accesses) {
        if (watch.covers(address)) {
          watch.hook.access(Emulator.this, write, address, size, value);
        }
      }
    }
  }

  // Snapshots.

  /** Keeps registers and memory; pages are shared until one side writes. */
  public Snapshot snapshot() {
    return new Snapshot(cpu.copy(), cpu.memory.fork());
  }

  /** Goes back. */
  public Emulator restore(Snapshot snapshot) {
    cpu.assign(snapshot.cpu);
    cpu.memory = snapshot.memory.fork();
    return this;
  }
}
