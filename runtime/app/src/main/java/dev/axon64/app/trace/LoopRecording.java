package dev.axon64.app.trace;

import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.propose.companion.record.LoopRecorder;
import dev.axon64.propose.companion.record.LoopSample;
import java.nio.file.Path;

/** Writes a run's loops to a file that companion networks learn from. */
final class LoopRecording implements Observation {
  private final LoopRecorder recorder = new LoopRecorder();
  private final Path file;

  LoopRecording(Path file) {
    this.file = file;
  }

  @Override
  public StepObserver observer() {
    return recorder;
  }

  @Override
  public void end(ExitStatus status) {
    LoopSample.write(file, recorder.samples());
  }
}
