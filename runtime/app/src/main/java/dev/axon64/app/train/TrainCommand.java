package dev.axon64.app.train;

import dev.axon64.app.options.TextOrJson;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.card.DenseCard;
import dev.axon64.weights.card.LearningCurve;
import dev.axon64.weights.card.ModelCard;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.train.Ablation;
import dev.axon64.weights.train.Architecture;
import dev.axon64.weights.train.Checkpoints;
import dev.axon64.weights.train.DenseTraining;
import dev.axon64.weights.train.EmbeddingTraining;
import dev.axon64.weights.train.Evaluation;
import dev.axon64.weights.train.Training;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 train}: weights from a seed, with card and learning curve. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Train a dispatch network from scratch; the same seed gives the same bytes.",
    footer = {
      "",
      "Writes NAME.npy, NAME.safetensors, NAME.card.json, NAME.card.md and NAME.curve.svg.",
      "Exit status: 0 exact on the complete domain, 1 not reached, 2 unusable input.",
      "Example: axon64 train --model a64 --out trained"
    })
public final class TrainCommand implements Callable<Integer> {
  /**
   * Seeds of the shipped weights: those of the first few that gave the fewest terms. Others mostly
   * train to an exact network as well, with more terms.
   */
  private static final Map<String, Long> SEEDS = Map.of("a64", 2L, "kvrm7", 3L);

  private static final int EMBEDDING_EPOCHS = 4000;
  private static final int DENSE_EPOCHS = 40;
  private static final int EPOCHS_A_CHECKPOINT = 10;

  /** Seeds that are tried one after the other for a spec for which none is known. */
  private static final int MOST_SEEDS = 8;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Train this shipped model: a64 or kvrm7. Default: a64.")
  private Optional<String> model;

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description = "Train a network of this dispatch spec instead.")
  private Optional<String> specFile;

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description =
          "Train this architecture: embedding, feedforward, feedforward-large or"
              + " feedforward-improved. Default: ${DEFAULT-VALUE}.")
  private String arch = "embedding";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Set the random seed. Default: that of the shipped weights; for another spec the first of"
              + " 1 to "
              + MOST_SEEDS
              + " that gives an exact network.")
  private Optional<Long> seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write all files to this folder. Default: the current one.")
  private Path out = Path.of(".");

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Train for at most N epochs. Default: "
              + EMBEDDING_EPOCHS
              + ", or "
              + DENSE_EPOCHS
              + " with another --arch than embedding.")
  private Optional<Integer> epochs;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "Save the state of training to this file every " + EPOCHS_A_CHECKPOINT + " epochs.")
  private Optional<Path> checkpoint;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Go on from a state that --checkpoint saved.")
  private Optional<Path> resume;

  @Option(
      names = "--keep-inexact",
      description = "Write the files even if some case of the domain is wrong.")
  private boolean keepInexact;

  @Option(
      names = "--ablation",
      description = "Train all architectures and print a table. The default model is then kvrm7.")
  private boolean ablation;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Print text or json. Default: text.")
  private TextOrJson format = TextOrJson.TEXT;

  @Spec private CommandSpec command;

  private static final String WAYS_ON =
      "; try another --seed, more --epochs, or wider layers in the spec: each more unit makes an"
          + " exact network likelier and a decision a little slower";

  @Override
  public Integer call() {
    check();
    DispatchSpec spec = spec();
    Architecture architecture = Architecture.named(arch);
    long chosenSeed = seed.orElse(usualSeed(spec));
    if (ablation) {
      return ablation(spec, chosenSeed);
    }
    AtomicFiles.checkFolder(out);
    checkpoint.ifPresent(AtomicFiles::checkWritable);
    if (architecture != Architecture.EMBEDDING) {
      return dense(spec, architecture, chosenSeed);
    }
    boolean known = specFile.isEmpty() || seed.isPresent();
    int tries = known || resume.isPresent() || keepInexact ? 1 : MOST_SEEDS;
    for (int more = 0; more < tries; more++) {
      boolean last = more == tries - 1;
      int status = embedding(spec, chosenSeed + more, last);
      if (status == 0 || last) {
        return status;
      }
      complain("trying --seed " + (chosenSeed + more + 1));
    }
    throw new IllegalStateException("no seed was tried");
  }

  /** Refuses what means nothing or does not go together. */
  private void check() {
    if (model.isPresent() && specFile.isPresent()) {
      throw new InputException("--model", "stands for a spec; leave it out beside --spec");
    }
    int most = epochs.orElse(1);
    if (most < 1 || most > 1_000_000) {
      throw new InputException("--epochs " + most, "is out of range; give 1 to 1000000");
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new InputException("--out " + out, "is a file; name a folder");
    }
    if (ablation && (checkpoint.isPresent() || resume.isPresent())) {
      throw new InputException("--ablation", "trains several networks; leave out checkpoints");
    }
  }

  private DispatchSpec spec() {
    if (specFile.isPresent()) {
      return Models.spec(specFile.get());
    }
    String name = model.orElse(ablation ? "kvrm7" : "a64");
    if (!Models.SHIPPED.contains(name)) {
      throw new InputException(
          "--model " + name, "is not shipped; one of " + Models.SHIPPED + ", or --spec FILE");
    }
    return Models.spec(name);
  }

  private static long usualSeed(DispatchSpec spec) {
    return SEEDS.getOrDefault(spec.name(), 1L);
  }

  private int ablation(DispatchSpec spec, long chosenSeed) {
    int dense = epochs.orElse(DENSE_EPOCHS);
    int most = epochs.orElse(EMBEDDING_EPOCHS);
    Ablation result;
    try (TrainingProgress progress =
        new TrainingProgress(command.commandLine().getErr(), "ablation", most)) {
      result = Ablation.run(spec, chosenSeed, dense, most, progress::epoch);
    }
    print(format == TextOrJson.JSON ? result.json() : result.text());
    return 0;
  }

  private int embedding(DispatchSpec spec, long chosenSeed, boolean last) {
    int most = epochs.orElse(EMBEDDING_EPOCHS);
    DataSet data = DataSet.of(spec, chosenSeed);
    DecisionDomain domain = DecisionDomain.of(spec);
    String identity = identity(spec, chosenSeed, most);
    EmbeddingTraining training =
        resume.isPresent()
            ? Checkpoints.resume(resume.get(), identity, spec, data, domain, chosenSeed, most)
            : new EmbeddingTraining(spec, data, domain, chosenSeed, most);
    run(training, identity, most);
    Network network = training.network();
    Evaluation complete = Evaluation.of(network, domain.columns());
    boolean exact = training.succeeded() && complete.errors() == 0 && complete.ties() == 0;
    int done = training.history().size();
    if (exact || keepInexact) {
      ModelCard card =
          new ModelCard(network, data, domain, chosenSeed, done, command(spec, chosenSeed));
      String curve = LearningCurve.svg("Training of " + spec.name(), training.history());
      String json = card.json();
      TrainingFiles.of(network, json, card.markdown(), curve).write(out);
      print(format == TextOrJson.JSON ? json : summary(spec.name(), complete, done));
    }
    if (!exact) {
      complain(
          "no exact network in "
              + done
              + " epochs ("
              + complete.errors()
              + " of "
              + complete.examples()
              + " cases wrong)"
              + (last ? WAYS_ON + (keepInexact ? "" : ", or keep it with --keep-inexact") : ""));
    }
    return exact ? 0 : 1;
  }

  private int dense(DispatchSpec spec, Architecture architecture, long chosenSeed) {
    int most = epochs.orElse(DENSE_EPOCHS);
    DataSet data = DataSet.of(spec, chosenSeed);
    DecisionDomain domain = DecisionDomain.of(spec);
    String identity = identity(spec, chosenSeed, most);
    DenseTraining training = new DenseTraining(spec, architecture, data, domain, chosenSeed, most);
    resume.ifPresent(state -> Checkpoints.resume(state, identity, training));
    run(training, identity, most);
    String name = spec.name() + "-" + architecture.keyword();
    Map<String, Object> card =
        DenseCard.values(
            spec.name(), architecture, training, data, chosenSeed, command(spec, chosenSeed));
    String json = DenseCard.json(card);
    String curve = LearningCurve.svg("Training of " + name, training.history());
    TrainingFiles.ofDense(
            name, training.weights(), training.sizes(), json, DenseCard.markdown(name, card), curve)
        .write(out);
    print(
        format == TextOrJson.JSON
            ? json
            : "%s: held-out accuracy %s, complete domain %s; files in %s\n"
                .formatted(
                    name, card.get("heldOutAccuracy"), card.get("completeDomainAccuracy"), out));
    return 0;
  }

  private void run(Training training, String identity, int most) {
    try (TrainingProgress progress =
        new TrainingProgress(command.commandLine().getErr(), "train", most)) {
      while (!training.finished()) {
        progress.epoch("train", training.epoch());
        boolean due = training.history().size() % EPOCHS_A_CHECKPOINT == 0;
        if (checkpoint.isPresent() && (due || training.finished())) {
          Checkpoints.save(checkpoint.get(), identity, training);
        }
      }
    }
  }

  private String identity(DispatchSpec spec, long chosenSeed, int most) {
    String files = spec.files().stream().map(SpecFile::sha256).collect(Collectors.joining(" "));
    return String.join(" ", spec.name(), arch, "seed", "" + chosenSeed, "epochs", "" + most, files);
  }

  /** The shortest command that does the same; folders are the user's own affair. */
  private String command(DispatchSpec spec, long chosenSeed) {
    StringBuilder text = new StringBuilder("./axon64 train ");
    text.append(
        specFile.isEmpty() ? "--model " + spec.name() : "--spec " + spec.files().get(0).name());
    if (Architecture.named(arch) != Architecture.EMBEDDING) {
      text.append(" --arch ").append(arch);
    }
    if (specFile.isPresent() || chosenSeed != usualSeed(spec)) {
      text.append(" --seed ").append(chosenSeed);
    }
    epochs.ifPresent(most -> text.append(" --epochs ").append(most));
    return text.append(" --out DIR").toString();
  }

  private String summary(String name, Evaluation complete, int done) {
    return "%s: %d of %d cases wrong, least margin %s, after %d epochs; files in %s\n"
        .formatted(name, complete.errors(), complete.examples(), complete.leastMargin(), done, out);
  }

  private void complain(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println("axon64: train: " + line);
    err.flush();
  }

  private void print(String text) {
    PrintWriter screen = command.commandLine().getOut();
    screen.print(text);
    screen.flush();
  }
}
