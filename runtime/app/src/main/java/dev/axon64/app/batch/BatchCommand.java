package dev.axon64.app.batch;

import dev.axon64.app.guest.GuestOptions;
import dev.axon64.app.guest.GuestRequest;
import dev.axon64.app.guest.Terminals;
import dev.axon64.app.options.EngineOptions;
import dev.axon64.app.options.ModelOptions;
import dev.axon64.app.options.TextOrJson;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.batch.Batch;
import dev.axon64.machine.engine.GuestPool;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 batch}: a guest for each file of a folder. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = {
      "Run a program once for each file of a folder, many at a time, with the file as standard"
          + " input or as an argument.",
      "Write each guest's outputs to files named after its input, ending in .out and .err."
    },
    footer = {
      "",
      "Exit status: 0 all guests ended with status 0, 1 some did not, 2 unusable input.",
      "Example: axon64 batch --inputs texts --outputs sums --engine lanes busybox sha256sum"
    })
public final class BatchCommand implements Callable<Integer> {
  private static final int WIDTH = 80;

  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private EngineOptions engine;

  @Mixin private GuestOptions guest;

  @Option(
      names = "--inputs",
      paramLabel = "DIR",
      required = true,
      description =
          "Run a guest for each file of this folder. Its content is the guest's standard input,"
              + " unless an ARG is {}, in whose place the file's path under --root is put.")
  private Path inputs;

  @Option(
      names = "--outputs",
      paramLabel = "DIR",
      required = true,
      description = "Write the guests' outputs to this folder.")
  private Path outputs;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Write a table (text) or json of all guests. Default: text.")
  private TextOrJson format = TextOrJson.TEXT;

  /** Options after the program are the program's. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() {
    GuestRequest request = guest.request();
    if (request.stdin().isPresent()) {
      throw new InputException("--stdin", "is each guest's own input; leave it out");
    }
    EngineOptions.Choice choice = engine.choice();
    if (!choice.kind().policies().contains(choice.policy())) {
      throw new InputException(
          "--dispatch " + EngineOptions.Choice.name(choice.policy()),
          "the engine " + choice.kind().name() + " does not dispatch so; leave it out");
    }
    BatchFiles files = new BatchFiles(inputs, outputs);
    List<Path> all = files.list();
    BatchGuests guests = new BatchGuests(request, files);
    guests.check();
    Network network = model.choice().network();
    long start;
    try (GuestPool pool = choice.kind().pool(network, choice.policy())) {
      start = System.nanoTime();
      withProgress(all.size(), done -> Batch.run(all, guests::run, pool, done));
    }
    BatchReport report =
        new BatchReport(choice.kind().name(), guests.outcomes(), System.nanoTime() - start);
    PrintWriter out = spec.commandLine().getOut();
    if (format == TextOrJson.JSON) {
      report.json(out);
    } else {
      report.text(out);
    }
    out.flush();
    return report.failed() == 0 ? 0 : 1;
  }

  /** Work that tells how much of it is done. */
  private interface Watched {
    void run(IntConsumer done);
  }

  /** Shows a bar on standard error if that is a terminal. */
  private static void withProgress(int guests, Watched work) {
    if (!Terminals.STDERR.isTerminal()) {
      work.run(done -> {});
      return;
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("batch")
            .setInitialMax(guests)
            .setUnit(" guests", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .build()) {
      work.run(bar::stepTo);
    }
  }
}
