package dev.axon64.app.train;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.emit.SourceFiles;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.card.LearningCurve;
import dev.axon64.weights.card.ModelCard;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.CertificateFiles;
import dev.axon64.weights.certify.Certification;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.extend.Extension;
import dev.axon64.weights.report.CertificatePage;
import dev.axon64.weights.report.CertificateSummary;
import dev.axon64.weights.train.EmbeddingTraining;
import dev.axon64.weights.train.Evaluation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 extend}: instructions of a user's own, executed by a kernel of their own. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description = {
      "Add a kernel with instructions of your own to a model: grow the network by an output,"
          + " fine-tune it on old words and new, certify it for all 2^32 words, and generate"
          + " dispatcher and kernels as Java and Metal.",
      "The instructions must lie in reserved encodings, and have bits in common that select the"
          + " embedding's row: for a64, some of the top eight."
    },
    footer = {
      "",
      "Exit status: 0 certified or not asked to, 1 not certified, 2 unusable input.",
      "Example: axon64 extend --isa my.isa --kernel USER --out extended",
      "Then: axon64 run --extension extended PROGRAM"
    })
public final class ExtendCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 1 << 20;

  /** Sweeps words through a network's generated code. */
  @FunctionalInterface
  interface Certifier {
    Certificate certify(Network network, SpecFile weights, int threads);
  }

  @Option(
      names = "--isa",
      paramLabel = "FILE",
      required = true,
      description = "Read the instructions from this .isa file.")
  private Path isa;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      required = true,
      description = "Add this kernel, which the file declares and gives its instructions to.")
  private String kernel;

  @Mixin private ModelOptions model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Write all files to this folder.")
  private Path out;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "Put the Java classes into this package. Default: ${DEFAULT-VALUE}.")
  private String packageName = "axon64.extension";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Set the random seed of training. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Mixin private ThreadOptions threads;

  @Option(
      names = "--skip-certificate",
      description = "Leave out the sweep over all words, which takes a minute on one core.")
  private boolean skipCertificate;

  @Spec private CommandSpec command;

  private final Certifier certifier;

  /** Certifies all words. */
  public ExtendCommand() {
    this((network, file, count) -> Certification.certify(network, file, count, done -> {}));
  }

  ExtendCommand(Certifier certifier) {
    this.certifier = certifier;
  }

  @Override
  public Integer call() {
    threads.count();
    AtomicFiles.checkFolder(out);
    Network base = model.choice().network();
    String text = new String(AtomicFiles.read(isa, MOST_BYTES), StandardCharsets.UTF_8);
    String name = String.valueOf(isa.getFileName());
    Extension extension = Extension.of(base, InstructionSpec.a64With(Map.of(name, text)), kernel);
    DataSet data = extension.data(seed);
    DecisionDomain domain = DecisionDomain.of(extension.spec());
    EmbeddingTraining training = train(extension, data, domain);
    if (!training.succeeded()) {
      throw new InputException(
          "--seed " + seed,
          "trains no exact network; try another seed, or other bits in the .isa file");
    }
    Network network = training.network();
    AtomicFiles.write(out.resolve(name), text);
    AtomicFiles.write(out.resolve(extension.spec().name() + ".spec"), extension.specText());
    int epochs = training.history().size();
    ModelCard card = new ModelCard(network, data, domain, seed, epochs, again());
    String curve =
        LearningCurve.svg("Fine-tuning of " + extension.spec().name(), training.history());
    TrainingFiles.of(network, card.json(), card.markdown(), curve).write(out);
    say(
        "%s: %d units, %d of %,d cases wrong after %d epochs",
        extension.spec().name(),
        training.history().getLast().units(),
        Evaluation.of(network, domain.columns()).errors(),
        domain.size(),
        epochs);
    int java = SourceFiles.write(out.resolve("java"), extension.java(network, packageName)).size();
    int metal = SourceFiles.write(out.resolve("metal"), extension.metal(network)).size();
    say("generated %d Java files, %d shaders in %s", java, metal, out);
    return skipCertificate || certified(network) ? 0 : 1;
  }

  private EmbeddingTraining train(Extension extension, DataSet data, DecisionDomain domain) {
    Evaluation before = Evaluation.of(extension.grown(), domain.columns());
    say(
        "%s: kernel %s is output %d; %,d cases of the domain are its own, %,d others keep theirs",
        extension.spec().name(),
        kernel,
        extension.spec().kernels().size() - 1,
        before.errors(),
        domain.size() - before.errors());
    EmbeddingTraining training = extension.training(data, domain, seed);
    try (TrainingProgress progress =
        new TrainingProgress(command.commandLine().getErr(), "extend", 1000)) {
      while (!training.finished()) {
        progress.epoch("extend", training.epoch());
      }
    }
    return training;
  }

  private boolean certified(Network network) {
    String name = network.spec().name();
    SpecFile file =
        new SpecFile(
            name + ".npy",
            Digests.sha256(AtomicFiles.read(out.resolve(name + ".npy"), Integer.MAX_VALUE)));
    Certificate certificate = certifier.certify(network, file, threads.count());
    AtomicFiles.write(out.resolve(name + ".certificate.json"), CertificateFiles.text(certificate));
    AtomicFiles.write(out.resolve(name + ".certificate.html"), CertificatePage.html(certificate));
    say("%s", CertificateSummary.text(certificate).stripTrailing());
    return certificate.certified();
  }

  private String again() {
    return "./axon64 extend --isa %s --kernel %s --seed %d --out DIR"
        .formatted(isa.getFileName(), kernel, seed);
  }

  private void say(String format, Object... arguments) {
    PrintWriter screen = command.commandLine().getOut();
    screen.printf(format + "%n", arguments);
    screen.flush();
  }
}
