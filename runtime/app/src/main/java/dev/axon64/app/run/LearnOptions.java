package dev.axon64.app.run;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Learning while a program runs. */
final class LearnOptions {
  @Option(
      names = "--learn",
      description =
          "Learn while the program runs: a misdispatched word is executed by the kernel that accepts"
              + " it, and learnt from; a new network takes over for the words that it is proven for.")
  private boolean learn;

  @Option(
      names = "--learn-from",
      paramLabel = "WHAT",
      description =
          "Start from random weights (random or random:SEED) or from a weights file. Default: the"
              + " model's weights.")
  private Optional<String> from;

  @Option(
      names = "--learn-out",
      paramLabel = "DIR",
      description =
          "Write the weights of every network that served, a certificate and a picture to this"
              + " folder.")
  private Optional<Path> out;

  @Option(
      names = "--learn-log",
      paramLabel = "FILE",
      description =
          "Write a line of JSON for each event to this file. Default: learn.jsonl in --learn-out.")
  private Optional<Path> log;

  @Option(
      names = "--learn-finish",
      description = "Go on learning after the program has ended, until the weights are certified.")
  private boolean finish;

  /** What was asked for. */
  LearningRequest request() {
    return new LearningRequest(learn, from, out, log, finish);
  }
}
