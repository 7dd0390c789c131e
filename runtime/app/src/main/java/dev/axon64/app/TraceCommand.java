package dev.axon64.app;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.CompanionFolder;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.companion.record.LoopRecorder;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.propose.companion.record.RecordingPrefetcher;
import dev.axon64.propose.prefetch.CacheSimulation;
import dev.axon64.propose.prefetch.OraclePrefetcher;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 trace}: every instruction of a run, with its kernel and what it changed. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description =
        "Run a program and write each instruction, its kernel and the registers it changed.",
    footer = {
      "",
      "Example: axon64 trace --kernel BRANCH --count 20 program",
      "The trace goes to standard error, or to --out."
    })
public final class TraceCommand implements Tool, Callable<Integer> {
  /** Windows of accesses that a recording holds at most. */
  private static final int MOST_WINDOWS = 20_000;

  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private GuestOptions guest;

  @Mixin private CompanionOptions companions;

  @Option(names = "--kernel", paramLabel = "NAME", description = "Only these kernels; repeatable.")
  private List<String> kernels = List.of();

  @Option(
      names = "--mnemonic",
      paramLabel = "GLOB",
      description = "Only these mnemonics, such as 'ld*'; repeatable.")
  private List<String> mnemonics = List.of();

  @Option(names = "--from", paramLabel = "HEX", description = "Only at this address and above.")
  private String from = "0";

  @Option(names = "--to", paramLabel = "HEX", description = "Only below this address.")
  private String to = "ffffffffffffffff";

  @Option(names = "--skip", paramLabel = "N", description = "Leave out the first N that match.")
  private long skip;

  @Option(names = "--count", paramLabel = "N", description = "Write at most N.")
  private long count = Long.MAX_VALUE;

  @Option(names = "--json", description = "A JSON object a line.")
  private boolean json;

  @Option(
      names = "--cache",
      description =
          "Write no instructions: send the loads and stores through simulated caches, and write how"
              + " well prefetchers do.")
  private boolean cache;

  @Option(
      names = "--oracle",
      paramLabel = "FILE",
      description =
          "With --cache: weights for the memory oracle, beside the shipped ones; a .npy holds the"
              + " published ones. Repeatable.")
  private List<Path> oracles = List.of();

  @Option(
      names = "--loops",
      paramLabel = "FILE",
      description = "Write no instructions: record the loops, for training, as a .npy.")
  private Path loops;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description = "Write no instructions: record what is accessed, for training, as a .npy.")
  private Path memory;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write instead.")
  private Path file;

  /** What stands behind the program is the program's, options too. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() {
    Network network = model.network();
    for (String kernel : kernels) {
      if (!network.spec().kernels().contains(kernel.toUpperCase(Locale.ROOT))) {
        throw new InputException(
            "--kernel " + kernel, "is no kernel; one of " + network.spec().kernels());
      }
    }
    if (!oracles.isEmpty() && !cache) {
      throw new InputException("--oracle", "is for the simulated caches; give --cache too");
    }
    if (companions.folder().isPresent() && !cache) {
      throw new InputException("--companions", "is for the simulated caches; give --cache too");
    }
    PrintWriter err = spec.commandLine().getErr();
    if (loops != null || memory != null) {
      return record(network, err);
    }
    try (PrintWriter out = file == null ? new PrintWriter(err) : new PrintWriter(open())) {
      if (cache) {
        CacheSimulation simulation = new CacheSimulation(prefetchers());
        ExitStatus status = run(network, simulation::observer, err);
        CacheReport report = new CacheReport(status.instructions(), simulation.counts());
        if (json) {
          report.json(out);
        } else {
          report.table(out);
        }
        out.flush();
        return status.shellCode();
      }
      Tracer tracer = new Tracer(network.spec().kernels(), filter(), json, out);
      ExitStatus status = run(network, tracer::observer, err);
      out.flush();
      return status.shellCode();
    }
  }

  /** Those that need no training, the shipped oracle, and what was asked for beside them. */
  private List<Prefetcher> prefetchers() {
    List<Prefetcher> all = new ArrayList<>(CacheSimulation.baselines());
    all.add(new OraclePrefetcher("memory oracle", MemoryOracle.shipped()));
    companions.folder().map(TraceCommand::learnt).ifPresent(all::add);
    for (Path weights : oracles) {
      all.add(new OraclePrefetcher(weights.getFileName().toString(), MemoryOracle.read(weights)));
    }
    return all;
  }

  private static Prefetcher learnt(CompanionFolder folder) {
    CompanionNetwork.Shape shape = CompanionNetwork.Shape.MEMORY_ORACLE;
    if (!folder.holds(shape)) {
      throw new InputException(
          "--companions", "holds no memory-oracle.safetensors, which alone is used here");
    }
    return new OraclePrefetcher("learnt oracle", MemoryOracle.of(folder.network(shape)));
  }

  private int record(Network network, PrintWriter err) {
    if (cache || loops != null && memory != null) {
      throw new InputException("--loops, --memory, --cache", "need a run each; give one of them");
    }
    if (loops != null) {
      LoopRecorder recorder = new LoopRecorder();
      ExitStatus status = run(network, () -> recorder, err);
      LoopSample.write(loops, recorder.samples());
      return status.shellCode();
    }
    RecordingPrefetcher recorder = new RecordingPrefetcher(MOST_WINDOWS);
    CacheSimulation simulation = new CacheSimulation(List.of(recorder));
    ExitStatus status = run(network, simulation::observer, err);
    AccessSample.write(memory, recorder.samples());
    return status.shellCode();
  }

  private ExitStatus run(
      Network network, Supplier<? extends StepObserver> observers, PrintWriter err) {
    return guest
        .builder(Engines.observed(Engines.dispatchers(network), observers))
        .messages(line -> err.println("axon64: " + line))
        .build()
        .run();
  }

  private BufferedWriter open() {
    try {
      return Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new InputException("--out " + file, "cannot be written", e);
    }
  }

  private Tracer.Filter filter() {
    return new Tracer.Filter(
        kernels.stream().map(kernel -> kernel.toUpperCase(Locale.ROOT)).toList(),
        mnemonics.stream().map(TraceCommand::pattern).toList(),
        HexOption.value("--from", from),
        HexOption.value("--to", to),
        skip,
        count);
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"),
        Pattern.CASE_INSENSITIVE);
  }
}
