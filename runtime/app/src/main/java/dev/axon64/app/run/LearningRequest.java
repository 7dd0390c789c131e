package dev.axon64.app.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the network learns while a program runs.
 *
 * @param wanted whether it learns at all
 * @param from {@code random}, {@code random:SEED} or a weights file; else the model's weights
 * @param out the folder for all that it leaves behind
 * @param log the file for its events
 * @param finish whether it goes on learning when the program has ended
 */
record LearningRequest(
    boolean wanted, Optional<String> from, Optional<Path> out, Optional<Path> log, boolean finish) {
  /** Whether anything but learning itself was asked for. */
  boolean saysHow() {
    return from.isPresent() || out.isPresent() || log.isPresent() || finish;
  }
}
