package dev.axon64.app.train;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.machine.dispatch.DispatchEngine;
import dev.axon64.machine.dispatch.DispatchEngines;
import dev.axon64.machine.dispatch.EngineSweep;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.CertificateFiles;
import dev.axon64.weights.certify.Certification;
import dev.axon64.weights.report.CertificatePage;
import dev.axon64.weights.report.CertificateSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 certify}: exit status 0 if certified or a shard is done, 1 if not certified. */
@Command(
    name = "certify",
    mixinStandardHelpOptions = true,
    description = {
      "Check a network on all 2^32 words through the generated SIMD code, and prove that no pc and"
          + " no order of evaluation changes an answer.",
      "Write a certificate as JSON and as a page of HTML."
    },
    footer = {
      "",
      "Exit status: 0 certified, or a shard is done, 1 not certified, 2 unusable input.",
      "Example: axon64 certify --model a64 --out a64.certificate.json"
    })
public final class CertifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ModelOptions model;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Sweep only part I of N, and write a shard for --merge.")
  private Optional<String> shard;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Make the certificate from all shards of one network.")
  private List<Path> merge = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the JSON to this file. Default: MODEL.certificate.json, or"
              + " MODEL.shard-I-of-N.json.")
  private Optional<Path> out;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the page to this file. Default: the JSON's, ending in .html.")
  private Optional<Path> html;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "Only compare this engine, such as gpu or gpu:NAME, with the generated SIMD code on all"
              + " 2^32 words; write no certificate.")
  private Optional<String> engine;

  @Mixin private ThreadOptions threads;

  @Override
  public Integer call() {
    check();
    if (engine.isPresent()) {
      return compare(DispatchEngines.named(engine.get()));
    }
    if (!merge.isEmpty()) {
      out.ifPresent(AtomicFiles::checkWritable);
      html.ifPresent(AtomicFiles::checkWritable);
      return certificate(Certification.merge(merge));
    }
    return shard.isPresent() ? shard(shard.get()) : certificate(sweep());
  }

  /** Refuses what does not go together. */
  private void check() {
    threads.count();
    if (!merge.isEmpty() && (model.choice().isGiven() || shard.isPresent())) {
      throw new InputException(
          "--merge",
          "takes all it needs from the shards; leave out --model, --spec, --weights, --shard");
    }
    if (engine.isPresent()
        && (!merge.isEmpty() || shard.isPresent() || out.isPresent() || html.isPresent())) {
      throw new InputException(
          "--engine", "writes no certificate; leave out --merge, --shard, --out and --html");
    }
    if (shard.isPresent() && html.isPresent()) {
      throw new InputException(
          "--html", "is for whole certificates; merge the shards and give it then");
    }
  }

  private int compare(DispatchEngine other) {
    Network network = model.choice().network();
    EngineSweep sweep =
        withProgress(
            EngineSweep.ALL, progress -> EngineSweep.of(other, network, EngineSweep.ALL, progress));
    PrintWriter print = command.commandLine().getOut();
    print.printf("model        %s%n", network.spec().name());
    print.printf("engine       %s%n", other.name());
    print.printf("words        %,d as through the generated code%n", sweep.words());
    print.printf("different    %,d%n", sweep.different());
    sweep.first().ifPresent(word -> print.printf("first        %08x%n", word));
    print.flush();
    return sweep.different() == 0 ? 0 : 1;
  }

  private Certificate sweep() {
    Network network = model.choice().network();
    SpecFile file = weightsFile(network);
    Path json = out.orElse(usual(network.spec().name()));
    AtomicFiles.checkWritable(json);
    AtomicFiles.checkWritable(html.orElse(beside(json)));
    return withProgress(
        1L << 32, progress -> Certification.certify(network, file, threads.count(), progress));
  }

  private int shard(String part) {
    long words = Certification.words(part);
    Network network = model.choice().network();
    SpecFile file = weightsFile(network);
    String name = network.spec().name() + ".shard-" + part.replace("/", "-of-") + ".json";
    Path target = out.orElse(Path.of(name));
    AtomicFiles.checkWritable(target);
    String text =
        withProgress(
            words, progress -> Certification.shard(network, file, part, threads.count(), progress));
    AtomicFiles.write(target, text);
    command.commandLine().getOut().println("shard " + part + " -> " + target);
    return 0;
  }

  private int certificate(Certificate certificate) {
    Path json = out.orElse(usual(certificate.subject().model()));
    Path page = html.orElse(beside(json));
    AtomicFiles.write(json, CertificateFiles.text(certificate));
    AtomicFiles.write(page, CertificatePage.html(certificate));
    command.commandLine().getOut().print(CertificateSummary.text(certificate));
    command.commandLine().getOut().println("written      " + json + ", " + page);
    command.commandLine().getOut().flush();
    return certificate.certified() ? 0 : 1;
  }

  private static Path usual(String name) {
    return Path.of(name + ".certificate.json");
  }

  private static Path beside(Path json) {
    String name = String.valueOf(json.getFileName());
    return json.resolveSibling(name.replaceFirst("\\.json$", "") + ".html");
  }

  /** Name and digest of the file that the network's weights come from. */
  private SpecFile weightsFile(Network network) {
    return model
        .choice()
        .weights()
        .map(CertifyCommand::file)
        .orElseGet(() -> shippedWeights(network.spec().name()));
  }

  private static SpecFile file(Path weights) {
    byte[] bytes = AtomicFiles.read(weights, TensorFiles.MOST_BYTES);
    return new SpecFile(String.valueOf(weights.getFileName()), Digests.sha256(bytes));
  }

  private static SpecFile shippedWeights(String model) {
    String name = model + ".npy";
    try (InputStream in = Models.class.getResourceAsStream("/dev/axon64/models/" + name)) {
      if (in == null) {
        throw new InputException(name, "no such shipped file");
      }
      return new SpecFile(name, Digests.sha256(in.readAllBytes()));
    } catch (IOException e) {
      throw new InputException(name, "cannot be read from the class path", e);
    }
  }

  /** Shows a bar on standard error if a person is there to see it. */
  private static <T> T withProgress(long words, Function<LongConsumer, T> work) {
    if (!TrainingProgress.isShown()) {
      return work.apply(done -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("certify")
            .setInitialMax(words)
            .setUnit(" M words", 1_000_000)
            .showSpeed()
            .build()) {
      return work.apply(bar::stepTo);
    }
  }
}
