package dev.axon64.app.run;

import dev.axon64.app.display.DisplayRequest;
import dev.axon64.app.guest.GuestRequest;
import dev.axon64.app.options.EngineOptions;
import dev.axon64.app.options.ModelOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that was asked for. Nothing is read or opened yet.
 *
 * @param model the network that chooses kernels
 * @param engine what executes
 * @param guest what is executed
 * @param display where what it draws is shown, if it has a display
 * @param learning how the network learns meanwhile
 * @param extension a folder with a model of the user's own, in place of model and engine
 * @param acceleration what other networks may propose
 * @param snapshots where the guest comes from and goes to, if not from its start to its end
 * @param statistics how what was executed is printed, if it is to be counted
 * @param check the engine that everything is executed on, too, and held to
 * @param strace whether system calls are printed
 */
record RunRequest(
    ModelOptions.Choice model,
    EngineOptions.Choice engine,
    GuestRequest guest,
    Optional<DisplayRequest> display,
    LearningRequest learning,
    Optional<Path> extension,
    AccelerationRequest acceleration,
    SnapshotRequest snapshots,
    Optional<Statistics> statistics,
    Optional<String> check,
    boolean strace) {
  /** The forms of statistics. */
  enum Statistics {
    TABLE("--stats"),
    JSON("--stats-json");

    private final String option;

    Statistics(String option) {
      this.option = option;
    }

    /** The option that asks for it. */
    String option() {
      return option;
    }
  }

  /** Whether pages of the guest come one by one, so that it helps to guess the next. */
  boolean pagesArrive() {
    return engine.kind().stages() || snapshots.restored().isPresent();
  }

  /** Whether it can only be carried out with the Vector API. */
  boolean needsVectors() {
    return engine.kind().usesVectors()
        || model.weights().isPresent()
        || learning.wanted()
        || extension.isPresent()
        || pagesArrive();
  }
}
