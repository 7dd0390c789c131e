package dev.axon64.linux.process;

import dev.axon64.linux.fs.FileBody;

/** The file of a program that runs, which nobody can write meanwhile. */
public final class RunningProgram {
  private final FileBody body;
  private int users = 1;

  /** A program whose file is open, and closed when nobody runs it any more. */
  public RunningProgram(FileBody body) {
    this.body = body;
  }

  RunningProgram retain() {
    users++;
    return this;
  }

  /** One memory less has it. */
  public void release() {
    if (--users == 0) {
      body.close();
    }
  }
}
