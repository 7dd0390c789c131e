package dev.axon64.linux.process;

/**
 * The end of a thread that its tracer has not seen yet.
 *
 * @param id of the thread
 * @param process that it was a thread of
 * @param user that it acted for
 * @param status how it ended, as {@link dev.axon64.linux.abi.WaitStatus} has it
 * @param early whether it was the first thread, and others of its process went on
 */
public record TracedEnd(int id, Process process, int user, int status, boolean early) {
  /** Whether the tracer may see it: the end of the first thread is seen as that of the process. */
  public boolean isReportable() {
    return !early || process.isZombie();
  }

  /** How it ended; as its process did if that has ended since. */
  @Override
  public int status() {
    return process.isZombie() ? process.status : status;
  }

  /** Whether the process has ended with the thread, which its parent sees afterwards. */
  boolean isOfProcess() {
    return id == process.id;
  }
}
