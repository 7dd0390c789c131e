package dev.axon64.app.weights;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.finetune.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code axon64 learn} is given. */
public final class CompanionLearnOptions {
  /** What the command does. */
  public static final String DESCRIPTION =
      "Fine-tune companion networks on recordings of your own programs; a network is replaced only if"
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
          "Recordings: PROGRAM.loops.npy and PROGRAM.memory.npy, as 'axon64 trace' writes them with"
              + " --loops and --memory. A program's name ends at the first dot.")
  private Path traces;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "loop-detector, pattern-recognizer, memory-oracle, or all (the default) of which there are"
              + " recordings.")
  private String model = ALL;

  @Option(names = "--epochs", paramLabel = "N", description = "At most. Default: 6.")
  private int epochs = 6;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the split into programs and of training. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "The network in service, .safetensors, with one --model. Default: the one in --out, else the"
              + " shipped one.")
  private Path from;

  @Option(
      names = "--old",
      paramLabel = "DIR",
      description =
          "Recordings of older programs: two thirds of them are learnt from too, so that they are not"
              + " forgotten, and a third guards.")
  private Path old;

  @Option(
      names = "--tolerance",
      paramLabel = "POINTS",
      description = "What may be lost on old samples, in points of percent. Default: 2.")
  private double tolerance = 2;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where accepted networks go, for 'run --companions DIR'; what they replace stays beside them"
              + " as .previous. Default: companions")
  private Path out = Path.of("companions");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The page of HTML; JSON goes beside it. Default: learn.html in --out.")
  private Path report;

  /** The folder with the recordings. */
  public Path traces() {
    return traces;
  }

  /**
   * Names of the models asked for.
   *
   * @throws InputException if there is no such model
   */
  public List<String> models() {
    if (model.equals(ALL)) {
      if (from != null) {
        throw new InputException("--from " + from, "is one network's; say which with --model");
      }
      return MODELS;
    }
    if (!MODELS.contains(model)) {
      throw new InputException(
          "--model " + model, "is none of " + String.join(", ", MODELS) + ", all");
    }
    return List.of(model);
  }

  /** Whether whatever there are recordings of was asked for. */
  public boolean all() {
    return model.equals(ALL);
  }

  /**
   * Epochs at most.
   *
   * @throws InputException if there are none
   */
  public int epochs() {
    if (epochs < 1) {
      throw new InputException("--epochs " + epochs, "teaches nothing; give 1 or more");
    }
    return epochs;
  }

  /** Of the split and of training. */
  public long seed() {
    return seed;
  }

  /** The network in service, if it was named. */
  public Optional<Path> from() {
    return Optional.ofNullable(from);
  }

  /** Recordings of older programs, if there are any. */
  public Optional<Path> old() {
    return Optional.ofNullable(old);
  }

  /**
   * What decides.
   *
   * @throws InputException if the tolerance is none
   */
  public Gate gate() {
    if (!(tolerance >= 0 && tolerance <= MOST_POINTS)) {
      throw new InputException("--tolerance " + tolerance, "is no number from 0 to 100");
    }
    return new Gate(Gate.SIGNIFICANCE, tolerance / MOST_POINTS);
  }

  /** Where accepted networks go. */
  public Path out() {
    return out;
  }

  /** The page. */
  public Path page() {
    return report == null ? out.resolve("learn.html") : report;
  }

  /** The JSON beside the page. */
  public Path json() {
    String name = page().getFileName().toString().replaceFirst("\\.html?$", "");
    return page().resolveSibling(name + ".json");
  }
}
