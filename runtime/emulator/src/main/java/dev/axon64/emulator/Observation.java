package dev.axon64.emulator;

import dev.axon64.machine.engine.Probes;
import dev.axon64.machine.state.CpuState;
import java.util.OptionalLong;

/** Calls the hooks of an emulator for instructions and blocks, and keeps all others. */
final class Observation implements Probes {
  private static final long PAGE_BYTES = 4096;

  final HookList<Hooks.Code> code = new HookList<>(this::changed);
  final HookList<Hooks.Block> blocks = new HookList<>(this::changed);
  final HookList<Hooks.Edge> edges = new HookList<>(this::changed);
  final HookList<Hooks.Memory> accesses = new HookList<>(this::changed);
  final HookList<Hooks.SystemCall> calls = new HookList<>(this::changed);
  final HookList<Hooks.Interrupt> interrupts = new HookList<>(this::changed);

  private final Emulator emulator;
  private final RunControl control;
  private OptionalLong end = OptionalLong.empty();
  private boolean devices;
  private int version;

  /** The block that the run is in, once it has begun one. */
  private long block;

  private boolean inBlock;

  Observation(Emulator emulator, RunControl control) {
    this.emulator = emulator;
    this.control = control;
  }

  private void changed() {
    version++;
    emulator.hooksChanged();
  }

  /** Prepares a run that ends before the instruction at an address, if there is one. */
  void begin(OptionalLong until) {
    if (!until.equals(end)) {
      version++;
    }
    end = until;
    inBlock = false;
  }

  /** Says that there are devices, which may look at registers. */
  void hasDevices() {
    devices = true;
  }

  /** Whether the engine must call hooks. */
  boolean isNeeded() {
    return end.isPresent() || blocks() || accesses() || !code.isEmpty();
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public void choose(long page, boolean[] chosen) {
    for (int i = 0; i < chosen.length; i++) {
      long address = page + 4L * i;
      chosen[i] = code.meet(address, address) || isEnd(address);
    }
  }

  @Override
  public boolean blocks() {
    return !blocks.isEmpty() || !edges.isEmpty();
  }

  @Override
  public boolean accesses() {
    return !accesses.isEmpty() || devices;
  }

  private boolean isEnd(long address) {
    return end.isPresent() && end.getAsLong() == address;
  }

  @Override
  public void before(CpuState cpu, int word, boolean first, long executed) {
    long pc = cpu.pc;
    if (isEnd(pc)) {
      return;
    }
    emulator.completed(executed);
    if (first && blocks()) {
      begin(pc);
    }
    if (!code.isEmpty() && cpu.pc == pc && !control.isOver()) {
      code.call(pc, pc, hook -> hook.instruction(emulator, pc, word));
    }
    control.look();
  }

  /** Calls the hooks for a block, without making objects, since there are many blocks. */
  private void begin(long pc) {
    for (var entry : blocks.entries()) {
      if (entry.isActive() && entry.meets(pc, pc)) {
        entry.hook().block(emulator, pc);
      }
    }
    if (inBlock) {
      for (var entry : edges.entries()) {
        if (entry.isActive()) {
          entry.hook().edge(emulator, block, pc);
        }
      }
    }
    inBlock = true;
    block = pc;
  }

  @Override
  public boolean endsAt(long pc) {
    return isEnd(pc) || control.isOver();
  }

  /** Whether a page has addresses that hooks for memory want to know of. */
  boolean watches(long page) {
    return accesses.meet(page, page + PAGE_BYTES - 1);
  }
}
