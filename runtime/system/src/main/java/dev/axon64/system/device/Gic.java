package dev.axon64.system.device;

import java.io.IOException;
import java.util.Arrays;

/**
 * Arm's interrupt controller GICv2 (IHI 0048) without security extensions: which interrupts there
 * are, and which of them a processor is told. {@link GicDistributor} and {@link GicCpuInterface}
 * are its registers.
 */
public final class Gic implements State.Of {
  /** The number of interrupts, those of a processor itself included. */
  public static final int INTERRUPTS = 288;

  /** The first interrupt that all processors share. */
  public static final int SHARED = 32;

  /** What a processor is told if nothing waits. */
  static final int NONE = 1023;

  /** The lowest priority: nothing runs. */
  static final int IDLE = 0x100;

  private static final int SOFTWARE = 16;

  private final int processors;
  boolean enabled;

  // By processor and interrupt; those that are shared stand at processor 0.
  final boolean[][] isEnabled;
  final boolean[][] isPending;
  final boolean[][] isActive;
  final boolean[][] isHigh;
  final int[][] priority;

  /** Which processors sent it; by receiver and interrupt. */
  final int[][] senders;

  final boolean[] isEdge = new boolean[INTERRUPTS];
  final int[] targets = new int[INTERRUPTS];
  final int[] groups = new int[INTERRUPTS / 32];

  // By processor.
  final int[] control;
  final int[] mask;
  final int[] binaryPoint;
  final int[][] running;
  final int[] depth;

  /**
   * @param processors 1 to 8
   */
  public Gic(int processors) {
    this.processors = processors;
    isEnabled = new boolean[processors][INTERRUPTS];
    isPending = new boolean[processors][INTERRUPTS];
    isActive = new boolean[processors][INTERRUPTS];
    isHigh = new boolean[processors][INTERRUPTS];
    priority = new int[processors][INTERRUPTS];
    senders = new int[processors][SOFTWARE];
    control = new int[processors];
    mask = new int[processors];
    binaryPoint = new int[processors];
    running = new int[processors][INTERRUPTS + 1];
    depth = new int[processors];
    Arrays.fill(isEdge, 0, SOFTWARE, true);
    for (boolean[] each : isEnabled) {
      Arrays.fill(each, 0, SOFTWARE, true);
    }
  }

  @Override
  public void state(State state) throws IOException {
    enabled = state.flag(enabled);
    for (int i = 0; i < processors; i++) {
      state.flags(isEnabled[i]);
      state.flags(isPending[i]);
      state.flags(isActive[i]);
      state.flags(isHigh[i]);
      state.numbers(priority[i], 0, 0xff);
      state.numbers(senders[i], 0, 0xff);
      state.numbers(running[i], 0, IDLE);
    }
    state.flags(isEdge);
    state.numbers(targets, 0, 0xff);
    state.numbers(groups, Integer.MIN_VALUE, Integer.MAX_VALUE);
    state.numbers(control, Integer.MIN_VALUE, Integer.MAX_VALUE);
    state.numbers(mask, 0, 0xff);
    state.numbers(binaryPoint, Integer.MIN_VALUE, Integer.MAX_VALUE);
    state.numbers(depth, 0, INTERRUPTS);
  }

  int processors() {
    return processors;
  }

  /** Where an interrupt's state stands. */
  int owner(int processor, int interrupt) {
    return interrupt < SHARED ? processor : 0;
  }

  /** The line of an interrupt that all processors share. */
  public InterruptLine line(int interrupt) {
    return high -> setLine(0, interrupt, high);
  }

  /** Raises or lowers a line; for interrupts below {@link #SHARED} that of a processor. */
  public void setLine(int processor, int interrupt, boolean high) {
    int owner = owner(processor, interrupt);
    if (high && !isHigh[owner][interrupt] && isEdge[interrupt]) {
      isPending[owner][interrupt] = true;
    }
    isHigh[owner][interrupt] = high;
  }

  /** Whether an interrupt waits to be told. */
  boolean waits(int processor, int interrupt) {
    int owner = owner(processor, interrupt);
    return isPending[owner][interrupt] || !isEdge[interrupt] && isHigh[owner][interrupt];
  }

  /** Whether a processor has an interrupt to take. */
  public boolean interrupts(int processor) {
    return highest(processor) != NONE;
  }

  /** The interrupt that a processor should take next, or {@link #NONE}. */
  int highest(int processor) {
    if (!enabled || (control[processor] & 1) == 0) {
      return NONE;
    }
    int best = NONE;
    int bestPriority = Math.min(mask[processor], runningPriority(processor));
    for (int i = 0; i < INTERRUPTS; i++) {
      int owner = owner(processor, i);
      if (isEnabled[owner][i]
          && priority[owner][i] < bestPriority
          && !isActive[owner][i]
          && waits(processor, i)
          && isFor(processor, i)) {
        best = i;
        bestPriority = priority[owner][i];
      }
    }
    return best;
  }

  /** Whether a processor is told; the only one is told of everything. */
  private boolean isFor(int processor, int interrupt) {
    return processors == 1 || interrupt < SHARED || (targets[interrupt] >>> processor & 1) != 0;
  }

  int runningPriority(int processor) {
    return depth[processor] == 0 ? IDLE : running[processor][depth[processor] - 1];
  }

  /** A processor takes its next interrupt: what GICC_IAR reads. */
  int acknowledge(int processor) {
    int interrupt = highest(processor);
    if (interrupt == NONE) {
      return NONE;
    }
    int owner = owner(processor, interrupt);
    running[processor][depth[processor]++] = priority[owner][interrupt];
    isActive[owner][interrupt] = true;
    if (interrupt >= SOFTWARE) {
      isPending[owner][interrupt] = false;
      return interrupt;
    }
    int sender = Integer.numberOfTrailingZeros(senders[processor][interrupt]) & 7;
    senders[processor][interrupt] &= ~(1 << sender);
    isPending[owner][interrupt] = senders[processor][interrupt] != 0;
    return sender << 10 | interrupt;
  }

  /** A processor has served an interrupt. */
  void end(int processor, int interrupt, boolean deactivates) {
    if (interrupt >= INTERRUPTS) {
      return;
    }
    if (depth[processor] > 0) {
      depth[processor]--;
    }
    if (deactivates) {
      isActive[owner(processor, interrupt)][interrupt] = false;
    }
  }

  /** A processor interrupts others. */
  void send(int processor, int interrupt, int receivers) {
    for (int to = 0; to < processors; to++) {
      if ((receivers >>> to & 1) != 0) {
        senders[to][interrupt] |= 1 << processor;
        isPending[to][interrupt] = true;
      }
    }
  }
}
