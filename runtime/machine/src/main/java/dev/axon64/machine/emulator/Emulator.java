package dev.axon64.machine.emulator;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.SegmentLoader;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One A64 CPU with its memory, without an operating system. Each instruction's kernel is chosen by
 * the network. Not thread-safe.
 *
 * <p>Addresses are 48 bits; memory is mapped in pages of 4096 bytes. With a hook for code, blocks
 * or memory, or with a stop address, a run is slower, since it executes instructions one at a time.
 */
public final class Emulator {
  /** The settings of an emulator. */
  public static final class Builder {
    private Network network = ShippedDispatcher.A64.network();
    private Supplier<? extends Dispatcher> dispatchers = ShippedDispatcher.A64::dispatcher;
    private Engines.Policy policy = Engines.Policy.PAGE;
    private EngineKind kind = EngineKinds.reference();
    private long memory = 1L << 30;

    Builder() {}

    /**
     * Sets the network that dispatches; without it, the shipped {@code a64} does.
     *
     * @throws dev.axon64.codegen.support.InputException if its kernels are not the generated ones
     */
    public Builder network(Network model) {
      dispatchers = Engines.dispatchers(model);
      network = model;
      return this;
    }

    /**
     * Sets what executes, as {@link EngineKinds} names it. Without it, everything is executed one
     * by one.
     */
    public Builder engine(EngineKind executes) {
      kind = executes;
      return this;
    }

    /** Sets when the network is asked; without it, once per page of code. */
    public Builder dispatch(Engines.Policy when) {
      policy = when;
      return this;
    }

    /** Sets the most bytes of memory that the guest may touch; without it, 1 GiB. */
    public Builder memoryLimit(long bytes) {
      memory = bytes;
      return this;
    }

    /**
     * Builds an emulator with nothing mapped and all registers 0.
     *
     * @throws dev.axon64.codegen.support.InputException if the engine cannot ask the network so
     */
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

  private final CpuState cpu = new CpuState();
  private final Engine plain;
  private final Engine observed;
  private final Observation observation = new Observation(this);
  private long executed;

  private Emulator(Builder b) {
    EngineKind kind = b.kind;
    if (!kind.policies().contains(b.policy)) {
      throw new InputException(
          "engine " + kind.name(),
          "does not dispatch by %s; choose another"
              .formatted(b.policy.name().toLowerCase(Locale.ROOT)));
    }
    plain = kind.open(b.network, b.policy, null).get();
    observed = Engines.observed(b.dispatchers, () -> (StepObserver) observation::before).get();
    cpu.memory =
        new AddressSpace(
            kind.translates() ? MemoryLimit.flat(b.memory) : new MemoryLimit(b.memory));
  }

  /**
   * Maps pages of zeroes.
   *
   * @param address a multiple of 4096
   * @param size a multiple of 4096, above 0
   * @param protection the sum of any of {@link AddressSpace#READ}, {@code WRITE} and {@code
   *     EXECUTE}
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
   * Writes bytes, whatever the protection of their pages.
   *
   * @throws MemoryFault if they are not all mapped
   */
  public Emulator write(long address, byte[] bytes) {
    forced(address, bytes.length, () -> cpu.memory.write(address, bytes));
    return this;
  }

  /** Writes instruction words. */
  public Emulator write(long address, int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words);
    return write(address, bytes.array());
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

  /** Sets the next instruction's address; a hook may do so too. */
  public Emulator pc(long address) {
    cpu.pc = address;
    return this;
  }

  /** Calls a hook before each instruction from {@code from} up to but not at {@code to}. */
  public Emulator onCode(long from, long to, Hooks.Code hook) {
    observation.addCode(from, to, hook);
    return this;
  }

  /** Calls a hook at the start of each block. */
  public Emulator onBlock(Hooks.Block hook) {
    observation.addBlock(hook);
    return this;
  }

  /** Calls a hook before loads and stores that begin in a range. */
  public Emulator onMemory(long from, long to, Hooks.Memory hook) {
    observation.addMemory(from, to, hook);
    return this;
  }

  /** Sets what SVC does. */
  public Emulator onSystemCall(Hooks.SystemCall hook) {
    observation.setSystemCall(hook);
    return this;
  }

  /** Sets what faults, undefined words and other traps do. */
  public Emulator onInterrupt(Hooks.Interrupt hook) {
    observation.setInterrupt(hook);
    return this;
  }

  /** Ends the run after the current instruction; called from a hook for code, before it. */
  public void stop() {
    observation.stop();
  }

  /** Runs from pc until something stops the guest, a hook does, or the budget is used up. */
  public Stop run(long budget) {
    return go(budget);
  }

  /** Runs as {@link #run} does, but stops before the instruction at {@code end}. */
  public Stop runUntil(long end, long budget) {
    observation.stopAt(OptionalLong.of(end));
    try {
      return go(budget);
    } finally {
      observation.stopAt(OptionalLong.empty());
    }
  }

  /** The number of instructions that the last run completed. */
  public long executed() {
    return executed;
  }

  private Stop go(long budget) {
    executed = 0;
    observation.begin(cpu.pc);
    Engine engine = observation.isNeeded() ? observed : plain;
    cpu.memory.setAccessListener(observation.accessListener().orElse(null));
    while (executed < budget && !observation.stopped()) {
      Stop stop = engine.run(cpu, budget - executed);
      executed += engine.executed();
      if (!observation.takeMove() && (stop instanceof Stop.Budget || !observation.settled(stop))) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  /** Keeps registers and memory; pages are shared until one side writes. */
  public Snapshot snapshot() {
    return new Snapshot(cpu.copy(), cpu.memory.fork());
  }

  /** Restores the registers and memory of a snapshot; what was in memory before is freed. */
  public Emulator restore(Snapshot snapshot) {
    AddressSpace before = cpu.memory;
    cpu.assign(snapshot.cpu);
    cpu.memory = snapshot.memory.fork();
    before.clear();
    return this;
  }
}
