package dev.axon64.app.trace;

import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.companion.record.RecordingPrefetcher;
import dev.axon64.propose.prefetch.CacheSimulation;
import java.nio.file.Path;
import java.util.List;

/** Writes what a run accesses to a file that the memory oracle learns from. */
final class AccessRecording implements Observation {
  /** Windows of accesses that a file holds at most. */
  private static final int MOST_WINDOWS = 20_000;

  private final RecordingPrefetcher recorder = new RecordingPrefetcher(MOST_WINDOWS);
  private final CacheSimulation simulation = new CacheSimulation(List.of(recorder));
  private final Path file;

  AccessRecording(Path file) {
    this.file = file;
  }

  @Override
  public StepObserver observer() {
    return simulation.observer();
  }

  @Override
  public void end(ExitStatus status) {
    AccessSample.write(file, recorder.samples());
  }
}
