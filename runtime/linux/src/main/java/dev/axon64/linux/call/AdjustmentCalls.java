package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;

/** Calls that tell how the clock is adjusted, which nobody may do (adjtimex(2)). */
final class AdjustmentCalls implements CallGroup {
  private static final int SIZE = 208;
  private static final int ADJ_OFFSET_SS_READ = 0xa001;
  private static final int STATUS_UNSYNCHRONIZED = 0x40;
  private static final int TIME_ERROR = 5;
  private static final long TICK = 10_000;
  private static final long TOLERANCE = 32_768_000;
  private static final long MOST_ERROR = 16_000_000;

  private final Kernel kernel;

  AdjustmentCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.ADJTIMEX, (t, a) -> adjust(t, a[0]));
    table.bind(SystemCall.CLOCK_ADJTIME, this::adjustClock);
  }

  private long adjustClock(Task task, long[] a) {
    new Clocks(kernel).now(task, (int) a[0]);
    if ((int) a[0] != Clocks.REALTIME) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    return adjust(task, a[1]);
  }

  private long adjust(Task task, long address) {
    ByteBuffer b = Guest.struct(task, address, SIZE);
    int modes = b.getInt(0);
    if (modes != 0 && modes != ADJ_OFFSET_SS_READ) {
      throw new SysError(Errno.EPERM);
    }
    long now = kernel.clock.realtime();
    b.putLong(8, 0).putLong(16, 0).putLong(24, MOST_ERROR).putLong(32, MOST_ERROR);
    b.putInt(40, STATUS_UNSYNCHRONIZED).putLong(48, 2).putLong(56, 1).putLong(64, TOLERANCE);
    b.putLong(72, Math.floorDiv(now, 1_000_000_000L));
    b.putLong(80, Math.floorMod(now, 1_000_000_000L) / 1000).putLong(88, TICK);
    Guest.write(task, address, b);
    return TIME_ERROR; // it is not synchronized with any other
  }
}
