package dev.axon64.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs Vector-API code until it is compiled. Interpreted, or compiled by the first compiler, it
 * boxes every vector and is thousands of times slower; how long that lasts depends on what else the
 * machine does, so what is waited for is not a time, but that it stops allocating.
 */
public final class WarmUp {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long PART = 20_000_000;
  private static final int CLEAN_PARTS = 5;

  private WarmUp() {}

  /**
   * Calls until several stretches of time in a row allocated nothing.
   *
   * @param mostNanoseconds when to give up
   * @return whether nothing was allocated in the end
   */
  public static boolean untilNothingIsAllocated(Runnable call, long mostNanoseconds) {
    long begin = System.nanoTime();
    int clean = 0;
    while (clean < CLEAN_PARTS) {
      long part = System.nanoTime();
      if (part - begin > mostNanoseconds) {
        return false;
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      do {
        call.run();
      } while (System.nanoTime() - part < PART);
      clean = THREADS.getCurrentThreadAllocatedBytes() == before ? clean + 1 : 0;
    }
    return true;
  }
}
