package dev.axon64.weights.companion;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Models;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.companion.record.LoopRecorder;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.propose.companion.record.RecordingPrefetcher;
import dev.axon64.propose.prefetch.CacheSimulation;
import dev.axon64.weights.finetune.Recorded;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Runs programs and writes what is learnt from them, two files for each program. */
final class Recording {
  /** A program is cut off after this many instructions. */
  private static final long MOST_INSTRUCTIONS = 20_000_000;

  private static final int MOST_WINDOWS = 4000;

  /** When every run begins, so that all see the same times. */
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

  private final Path folder;
  private final long most;
  private final Supplier<? extends Dispatcher> dispatchers =
      Engines.dispatchers(Models.shipped("a64"));

  /**
   * @param folder where the files go
   */
  Recording(Path folder) {
    this(folder, MOST_INSTRUCTIONS);
  }

  /**
   * @param folder where the files go
   * @param most instructions after which a program is cut off
   */
  Recording(Path folder, long most) {
    this.folder = folder;
    this.most = most;
  }

  /** Where a recording of a program is. */
  static Path file(Path folder, Program program, Recorded kind) {
    return folder.resolve(program.label() + kind.suffix());
  }

  /** Records what is not recorded yet; the program runs once for the loops, once for memory. */
  String record(Program program) {
    StringBuilder said = new StringBuilder(program.label());
    Path loops = file(folder, program, Recorded.LOOPS);
    if (!Files.exists(loops)) {
      LoopRecorder recorder = new LoopRecorder();
      ExitStatus status = run(program, () -> recorder);
      LoopSample.write(loops, recorder.samples());
      said.append(" " + status.instructions() + " instructions");
      said.append(", " + recorder.samples().size() + " loops");
    }
    Path memory = file(folder, program, Recorded.MEMORY);
    if (!Files.exists(memory)) {
      RecordingPrefetcher recorder = new RecordingPrefetcher(MOST_WINDOWS);
      CacheSimulation simulation = new CacheSimulation(List.of(recorder));
      run(program, simulation::observer);
      AccessSample.write(memory, recorder.samples());
      said.append(" " + recorder.samples().size() + " windows of accesses");
    }
    return said.toString();
  }

  /** Runs a program, whose clock and random numbers are always the same. */
  ExitStatus run(Program program, Supplier<? extends StepObserver> observers) {
    LinuxMachine.Builder builder =
        new LinuxMachine.Builder(Engines.observed(dispatchers, observers))
            .program(program.file())
            .arguments(program.arguments())
            .stdin(new ByteArrayInputStream(program.input()))
            .limits(Limits.DEFAULT.withInstructions(most))
            .clock(GuestClock.virtual(START))
            .seed(64);
    program.root().ifPresent(builder::root);
    return builder.build().run();
  }
}
