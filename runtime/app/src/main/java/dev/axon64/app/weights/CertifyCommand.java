package dev.axon64.app.weights;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.CertificateFiles;
import dev.axon64.weights.certify.Certification;
import dev.axon64.weights.report.CertificatePage;
import dev.axon64.weights.report.CertificateSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 certify}: exit status 0 if certified or a shard is done, 1 if not certified. */
@Command(
    name = "certify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks a network on all 2^32 words through the generated SIMD code, and proves that no pc and"
          + " no order of evaluation changes an answer.",
      "Writes a certificate as JSON and as a page of HTML, and exits with 1 if the network is not"
          + " certified."
    })
public final class CertifyCommand implements Tool, Callable<Integer> {
  private static final int MOST_THREADS = 256;

  @Spec private CommandSpec command;

  @Option(names = "--model", paramLabel = "NAME", description = "A shipped model: a64, kvrm7.")
  private String model;

  @Option(
      names = "--spec",
      paramLabel = "NAME|FILE",
      description = "A dispatch spec: a64, kvrm7, published, or a file; with --weights.")
  private String spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "The weights: .npy, .pt or .safetensors; with --spec.")
  private Path weights;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Sweep only part I of N, and write a shard for --merge.")
  private String shard;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Make the certificate from all shards of one network.")
  private List<Path> merge;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The JSON; otherwise MODEL.certificate.json, or MODEL.shard-I-of-N.json, in the current"
              + " folder.")
  private Path out;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "The page; otherwise beside the JSON, ending in .html.")
  private Path html;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that sweep; otherwise one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InputException("--threads " + threads, "must be from 1 to " + MOST_THREADS);
    }
    if (merge != null) {
      if (model != null || spec != null || weights != null || shard != null) {
        throw new InputException(
            "--merge",
            "takes all it needs from the shards; leave out --model, --spec, --weights, --shard");
      }
      return certificate(Certification.merge(merge));
    }
    return shard == null ? certificate(sweep()) : shard();
  }

  private Certificate sweep() {
    Network network = Models.select(model, spec, weights);
    SpecFile file = weightsFile(network);
    return withProgress(
        1L << 32, progress -> Certification.certify(network, file, threads, progress));
  }

  private int shard() {
    if (html != null) {
      throw new InputException("--html", "is for whole certificates; merge the shards, then ask");
    }
    long words = Certification.words(shard);
    Network network = Models.select(model, spec, weights);
    SpecFile file = weightsFile(network);
    String name = network.spec().name() + ".shard-" + shard.replace("/", "-of-") + ".json";
    Path target = out == null ? Path.of(name) : out;
    String text =
        withProgress(
            words, progress -> Certification.shard(network, file, shard, threads, progress));
    AtomicFiles.write(target, text);
    command.commandLine().getOut().println("shard " + shard + " -> " + target);
    return 0;
  }

  private int certificate(Certificate certificate) {
    Path json = out == null ? Path.of(certificate.subject().model() + ".certificate.json") : out;
    Path page = html == null ? besides(json) : html;
    AtomicFiles.write(json, CertificateFiles.text(certificate));
    AtomicFiles.write(page, CertificatePage.html(certificate));
    command.commandLine().getOut().print(CertificateSummary.text(certificate));
    command.commandLine().getOut().println("written      " + json + ", " + page);
    command.commandLine().getOut().flush();
    return certificate.certified() ? 0 : 1;
  }

  private static Path besides(Path json) {
    String name = String.valueOf(json.getFileName());
    return json.resolveSibling(name.replaceFirst("\\.json$", "") + ".html");
  }

  /** Name and digest of the file that {@link Models#select} reads. */
  private SpecFile weightsFile(Network network) {
    if (weights != null) {
      byte[] bytes = AtomicFiles.read(weights, TensorFiles.MOST_BYTES);
      return new SpecFile(String.valueOf(weights.getFileName()), Digests.sha256(bytes));
    }
    return shippedWeights(network.spec().name());
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
    if (System.console() == null || !System.console().isTerminal()) {
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
