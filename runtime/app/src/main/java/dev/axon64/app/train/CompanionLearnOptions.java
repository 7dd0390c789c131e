package dev.axon64.app.train;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.finetune.FineTunePlan;
import dev.axon64.weights.finetune.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code axon64 learn} is given. */
public final class CompanionLearnOptions {
  /** What the command does. */
  public static final String DESCRIPTION =
      "Fine-tune companion networks on recordings of your own programs. A network is replaced only if"
          + " the new one is better on programs held out.";

  private static final List<String> MODELS =
      List.of("loop-detector", "pattern-recognizer", "memory-oracle");
  private static final String ALL = "all";
  private static final double MOST_POINTS = 100;

  @Option(
      names = "--traces",
      paramLabel = "DIR",
      required = true,
      description =
          "Learn from the recordings in this folder: PROGRAM.loops.npy and PROGRAM.memory.npy, which"
              + " 'axon64 trace' writes with --loops and --memory. A program's name ends at the first"
              + " dot.")
  private Path traces;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Fine-tune this network: loop-detector, pattern-recognizer, memory-oracle, or all of which"
              + " there are recordings. Default: all.")
  private String model = ALL;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Train for at most N epochs. Default: ${DEFAULT-VALUE}.")
  private int epochs = 6;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Set the random seed of training and of which programs are held out. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Take this .safetensors as the network in service. Goes with one --model. Default: the one"
              + " in --out, or else the shipped one.")
  private Optional<Path> from;

  @Option(
      names = "--old",
      paramLabel = "DIR",
      description =
          "Also use recordings of older programs: learn from two thirds of them, so that they are not"
              + " forgotten, and check on the other third that they are not.")
  private Optional<Path> old;

  @Option(
      names = "--tolerance",
      paramLabel = "POINTS",
      description = "Allow a loss of this many percentage points on old samples. Default: 2.")
  private double tolerance = 2;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write accepted networks to this folder, for 'axon64 run --companions DIR'. What they"
              + " replace stays beside them as .previous. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("companions");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the report, a page of HTML, to this file, and JSON beside it. Default: learn.html in"
              + " --out.")
  private Optional<Path> report;

  /**
   * What was asked for.
   *
   * @throws InputException if a value means nothing, or does not go with another
   */
  public FineTunePlan plan() {
    if (epochs < 1) {
      throw new InputException("--epochs " + epochs, "teaches nothing; give 1 or more");
    }
    return new FineTunePlan(
        traces,
        old,
        models(),
        model.equals(ALL),
        from,
        out,
        report.orElse(out.resolve("learn.html")),
        seed,
        epochs,
        gate());
  }

  private List<String> models() {
    if (model.equals(ALL)) {
      from.ifPresent(
          file -> {
            throw new InputException("--from " + file, "is one network's; say which with --model");
          });
      return MODELS;
    }
    if (!MODELS.contains(model)) {
      throw new InputException(
          "--model " + model, "is none of " + String.join(", ", MODELS) + ", all");
    }
    return List.of(model);
  }

  private Gate gate() {
    if (!(tolerance >= 0 && tolerance <= MOST_POINTS)) {
      throw new InputException("--tolerance " + tolerance, "is no number from 0 to 100");
    }
    return new Gate(Gate.SIGNIFICANCE, tolerance / MOST_POINTS);
  }
}
