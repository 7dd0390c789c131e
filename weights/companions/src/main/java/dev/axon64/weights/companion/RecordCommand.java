package dev.axon64.weights.companion;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code record}: makes the data sets. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = "Make programs, run them and record what networks learn from.")
final class RecordCommand implements Callable<Integer> {
  @Mixin private CorpusOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Corpus corpus = options.corpus();
    Path data = Files.createDirectories(options.data());
    Recording recording = new Recording(data);
    int done = 0;
    for (Program program : corpus.programs()) {
      done++;
      err.printf("%d/%d %s%n", done, corpus.programs().size(), recording.record(program));
      err.flush();
    }
    return 0;
  }
}
