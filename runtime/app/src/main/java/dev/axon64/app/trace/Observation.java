package dev.axon64.app.trace;

import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.StepObserver;

/** What is made of the instructions that a run executes. */
interface Observation {
  /** Sees the instructions of one memory. */
  StepObserver observer();

  /** Writes what came of it, when the run has ended. */
  void end(ExitStatus status);
}
