package dev.axon64.emulator;

import dev.axon64.machine.engine.Probes;
import dev.axon64.machine.state.CpuState;
import java.util.OptionalLong;

/** Calls the hooks of an emulator for instructions and blocks, and keeps all others. */
final class Observation implements Probes {
  private static final long PAGE_BYTES = 4096;

  /**
   * The engines access 128 bits as two halves, of which any may be in a page without hooks. Whoever
   * pairs halves must hear both, also of the neighbours of what hooks want to know of.
   */
  private static final long AROUND = 24;

  final HookList<Hooks.Code> code = new HookList<>(this::changed);
  final HookList<Hooks.Block> blocks = new HookList<>(this::changed);
  final HookList<Hooks.Edge> edges = new HookList<>(this::edgesChanged);
  final HookList<Hooks.Memory> accesses = new HookList<>(this::changed);
  final HookList<Hooks.SystemCall> calls = new HookList<>(this::changed);
  final HookList<Hooks.Interrupt> interrupts = new HookList<>(this::changed);

  private final Emulator emulator;
  private final RunControl control;
  private OptionalLong end = OptionalLong.empty();
  private boolean devices;
  private boolean staysAside;
  private boolean hidden;
  private int version;

  /** The block that the run is in, once it has begun one. */
  private long block;

  private boolean inBlock;

  private boolean hasEdges;

  Observation(Emulator emulator, RunControl control) {
    this.emulator = emulator;
    this.control = control;
  }

  private void changed() {
    version++;
    emulator.hooksChanged();
  }

  /** The block that the run is in when the first hook is added may not have been seen. */
  private void edgesChanged() {
    if (!hasEdges) {
      inBlock = false;
    }
    hasEdges = !edges.isEmpty();
    changed();
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

  /** Whether there are devices. */
  boolean devices() {
    return devices;
  }

  /**
   * Whether hooks want to know of instructions in a page. What stands before the first instruction
   * of a block that may be told of counts, too: it knows whether it is a branch.
   */
  boolean isAside(long page) {
    return !edges.isEmpty()
        || accesses.isEverywhere()
        || code.meet(page, page + PAGE_BYTES - 1)
        || blocks.meet(page, page + PAGE_BYTES)
        || end.isPresent() && (end.getAsLong() & -PAGE_BYTES) == page;
  }

  /** Makes a run end where it comes to a page that hooks do not want to know of. */
  void setStaysAside(boolean stays) {
    staysAside = stays;
  }

  /** Says whether the engine that executes now tells of nothing. */
  void setHidden(boolean isHidden) {
    hidden = isHidden;
  }

  /** Whether an access must not be made by the engine that executes now. */
  boolean mustStepAside(long first, long last) {
    return hidden && (devices || watches(first & -PAGE_BYTES) || watches(last & -PAGE_BYTES));
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
    var codes = code.entries(); // those that are added now are called from the next one on
    if (first && blocks()) {
      begin(pc);
    }
    if (!codes.isEmpty() && cpu.pc == pc && !control.isOver()) {
      HookList.call(codes, pc, pc, hook -> hook.instruction(emulator, pc, word));
    }
    control.look();
  }

  /** Calls the hooks for a block, without making objects, since there are many blocks. */
  private void begin(long pc) {
    var followers = edges.entries();
    for (var entry : blocks.entries()) {
      if (entry.isActive() && entry.meets(pc, pc)) {
        entry.hook().block(emulator, pc);
      }
    }
    if (inBlock) {
      for (var entry : followers) {
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
    return isEnd(pc) || control.isOver() || staysAside && !isAside(pc & -PAGE_BYTES);
  }

  /** Whether the engine that executes now tells of nothing. */
  boolean isHidden() {
    return hidden;
  }

  /** Whether a page has addresses that hooks for memory want to know of, or lies beside them. */
  boolean watches(long page) {
    return accesses.meet(page - AROUND, page + PAGE_BYTES - 1 + AROUND);
  }
}
