package dev.axon64.metal.jit;

/** Tells all threads of a run to stop. */
public final class RunControl {
  private volatile boolean stopped;

  public void stop() {
    stopped = true;
  }

  public boolean isStopped() {
    return stopped;
  }
}
