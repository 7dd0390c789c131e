package dev.axon64.metal.jit;

/**
 * What one worker needs while it runs kernel threads one after another: its memory, the buffers and
 * the position of the current thread.
 */
public final class ThreadContext {
  /** Loops ask after this many turns whether the run should stop. */
  static final int TURNS_BETWEEN_POLLS = 1 << 14;

  private static final int OFFSET_BITS = 48;

  /** The memory of the current thread; generated code reads it once per call. */
  public final byte[] memory;

  /** File-scope constants. */
  public final byte[] constants;

  /** Threadgroup variables and, behind them, threadgroup arguments. */
  public final byte[] shared;

  /** The base of a pointer that a function returned; its offset is the JVM result. */
  public byte[] resultBase;

  private final byte[][] buffers;
  private final GridShape grid;
  private final RunControl control;
  private final Rendezvous rendezvous;
  private long x;
  private long y;
  private long z;
  private int turns = TURNS_BETWEEN_POLLS;

  /**
   * @param buffers by buffer index; indices that the kernel does not use are null
   * @param rendezvous where the threads of a threadgroup meet, or null if they never do
   */
  public ThreadContext(
      int memoryBytes,
      byte[] constants,
      byte[] shared,
      byte[][] buffers,
      GridShape grid,
      RunControl control,
      Rendezvous rendezvous) {
    this.memory = new byte[memoryBytes];
    this.constants = constants;
    this.shared = shared;
    this.buffers = buffers;
    this.grid = grid;
    this.control = control;
    this.rendezvous = rendezvous;
  }

  /** Takes the place of the thread with that linear index, x running fastest. */
  public void seat(long linear) {
    if (--turns < 0) {
      turns = poll();
    }
    if (grid.height() == 1 && grid.depth() == 1) {
      x = linear;
      return;
    }
    x = linear % grid.width();
    long rest = linear / grid.width();
    y = rest % grid.height();
    z = rest / grid.height();
  }

  public byte[] buffer(int index) {
    return buffers[index];
  }

  /** Throws if the run should stop; otherwise gives the turns until the next question. */
  public int poll() {
    if (control.isStopped()) {
      throw Fault.stopped();
    }
    return TURNS_BETWEEN_POLLS;
  }

  public void barrier() {
    if (rendezvous != null) {
      rendezvous.awaitGroup();
    }
  }

  public void simdBarrier() {
    if (rendezvous != null) {
      rendezvous.awaitSimd((int) threadIndexInThreadgroup(0) / GridShape.SIMD_WIDTH);
    }
  }

  public String position() {
    return "(%d,%d,%d)".formatted(x, y, z);
  }

  public long threadPositionInGrid(int axis) {
    return axis == 0 ? x : axis == 1 ? y : z;
  }

  public long threadsPerGrid(int axis) {
    return grid.size(axis);
  }

  public long gridSize(int axis) {
    return grid.size(axis);
  }

  public long gridOrigin(int axis) {
    return 0;
  }

  public long threadPositionInThreadgroup(int axis) {
    return threadPositionInGrid(axis) % grid.group(axis);
  }

  public long threadgroupPositionInGrid(int axis) {
    return threadPositionInGrid(axis) / grid.group(axis);
  }

  /** The threads of this group, of which there are fewer at the edge of the grid. */
  public long threadsPerThreadgroup(int axis) {
    long begin = threadgroupPositionInGrid(axis) * grid.group(axis);
    return Math.min(grid.group(axis), grid.size(axis) - begin);
  }

  public long dispatchThreadsPerThreadgroup(int axis) {
    return grid.group(axis);
  }

  public long threadgroupsPerGrid(int axis) {
    return (grid.size(axis) + grid.group(axis) - 1) / grid.group(axis);
  }

  public long threadIndexInThreadgroup(int ignored) {
    long row = threadPositionInThreadgroup(2) * threadsPerThreadgroup(1);
    return (row + threadPositionInThreadgroup(1)) * threadsPerThreadgroup(0)
        + threadPositionInThreadgroup(0);
  }

  public long threadIndexInSimdgroup(int ignored) {
    return threadIndexInThreadgroup(0) % GridShape.SIMD_WIDTH;
  }

  public long simdgroupIndexInThreadgroup(int ignored) {
    return threadIndexInThreadgroup(0) / GridShape.SIMD_WIDTH;
  }

  public long simdgroupsPerThreadgroup(int ignored) {
    long threads = threadsPerThreadgroup(0) * threadsPerThreadgroup(1) * threadsPerThreadgroup(2);
    return (threads + GridShape.SIMD_WIDTH - 1) / GridShape.SIMD_WIDTH;
  }

  public long dispatchSimdgroupsPerThreadgroup(int ignored) {
    long threads = grid.group(0) * grid.group(1) * grid.group(2);
    return (threads + GridShape.SIMD_WIDTH - 1) / GridShape.SIMD_WIDTH;
  }

  public long threadsPerSimdgroup(int ignored) {
    return GridShape.SIMD_WIDTH;
  }

  public long threadExecutionWidth(int ignored) {
    return GridShape.SIMD_WIDTH;
  }

  /** A pointer as 64 bits: the number of its memory in the top 16, the offset below; 0 is null. */
  public long encode(byte[] base, long offset) {
    if (base == null) {
      return offset;
    }
    long id = 0;
    if (base == memory) {
      id = 1;
    } else if (base == constants) {
      id = 2;
    } else if (base == shared) {
      id = 3;
    }
    for (int i = 0; id == 0 && i < buffers.length; i++) {
      if (buffers[i] == base) {
        id = 4 + i;
      }
    }
    return (id << OFFSET_BITS) | (offset & ((1L << OFFSET_BITS) - 1));
  }

  public byte[] decodeBase(long pointer) {
    int id = (int) (pointer >>> OFFSET_BITS);
    return switch (id) {
      case 1 -> memory;
      case 2 -> constants;
      case 3 -> shared;
      default -> id >= 4 && id - 4 < buffers.length ? buffers[id - 4] : null;
    };
  }

  public long decodeOffset(long pointer) {
    return pointer << (64 - OFFSET_BITS) >> (64 - OFFSET_BITS);
  }
}
