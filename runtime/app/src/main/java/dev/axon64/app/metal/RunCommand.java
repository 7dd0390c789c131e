package dev.axon64.app.metal;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.KernelBuffer;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code axon64 metal run FILE}: runs one kernel on files. */
@Command(
    name = "run",
    description = "Run a kernel of a shader on buffers read from files.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final double MOST_SECONDS = 1e9;

  @Parameters(index = "0", paramLabel = "FILE", description = "The shader source.")
  private Path file;

  @Option(
      names = "--kernel",
      required = true,
      paramLabel = "NAME",
      description = "Run this kernel.")
  private String kernelName;

  @Option(
      names = "--grid",
      required = true,
      paramLabel = "N[,M[,K]]",
      description = "Run this many threads along each axis.")
  private String grid;

  @Option(
      names = "--threadgroup",
      paramLabel = "N[,M[,K]]",
      description =
          "Make threadgroups of this many threads along each axis. Default: up to 256 in a row.")
  private Optional<String> threadgroup;

  @Option(
      names = "--buffer",
      paramLabel = "I=FILE",
      description = "Fill buffer I from a file: a .npy file, or raw bytes. Repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--value",
      paramLabel = "I=TYPE:V[,V...]",
      description = "Fill buffer I with these numbers, such as 4=uint:1000. Repeatable.")
  private List<String> values = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "I=FILE[:BYTES]",
      description =
          "Write buffer I to a file when the run has succeeded: a .npy file if its name ends so,"
              + " else raw bytes. With :BYTES the buffer starts as that many zeros. Repeatable.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Run on N threads of this machine. Default: one per core.")
  private Optional<Integer> threads;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Stop with an error after this time. Default: never.")
  private Optional<Double> timeout;

  @Override
  public Integer call() {
    MetalProgram program = ShaderFile.compile(file);
    MetalKernel kernel = program.kernel(kernelName);
    Map<Integer, BufferFile> buffers = new LinkedHashMap<>();
    for (String input : inputs) {
      add(buffers, BufferFile.read(input));
    }
    for (String value : values) {
      add(buffers, BufferFile.value(value));
    }
    List<BufferFile.Output> wanted = new ArrayList<>();
    for (String output : outputs) {
      BufferFile.Output out = BufferFile.output(output, kernel);
      wanted.add(out);
      AtomicFiles.checkWritable(out.file());
      out.zeroed().ifPresent(zeroed -> add(buffers, zeroed));
      if (!buffers.containsKey(out.index())) {
        throw new InputException(
            "--out " + output,
            "buffer %d has no input; add :BYTES for a zeroed one or --buffer %d=FILE"
                .formatted(out.index(), out.index()));
      }
    }
    Map<Integer, byte[]> bytes = new LinkedHashMap<>();
    buffers.forEach((index, buffer) -> bytes.put(index, buffer.data()));
    checkIndices(kernel, bytes);
    kernel.run(size(grid, "--grid"), bytes, options());
    for (BufferFile.Output out : wanted) {
      AtomicFiles.write(out.file(), buffers.get(out.index()).asFile(out));
    }
    return 0;
  }

  private static void add(Map<Integer, BufferFile> buffers, BufferFile buffer) {
    if (buffers.putIfAbsent(buffer.index(), buffer) != null) {
      throw new InputException("buffer " + buffer.index(), "it is given twice");
    }
  }

  private void checkIndices(MetalKernel kernel, Map<Integer, byte[]> bytes) {
    for (int index : bytes.keySet()) {
      if (kernel.buffers().stream().noneMatch(b -> b.index() == index)) {
        throw new InputException(
            "buffer " + index,
            "kernel '%s' has no such buffer; it takes %s".formatted(kernelName, kernel.buffers()));
      }
    }
    for (KernelBuffer buffer : kernel.buffers()) {
      if (!bytes.containsKey(buffer.index())) {
        throw new InputException(
            kernelName,
            "%s is not given; add --buffer %d=FILE, --value or --out with :BYTES"
                .formatted(buffer, buffer.index()));
      }
    }
  }

  private RunOptions options() {
    return new RunOptions(
        threads.orElse(RunOptions.defaults().threads()),
        threadgroup.map(text -> size(text, "--threadgroup")),
        timeout.map(RunCommand::time));
  }

  private static Duration time(double seconds) {
    if (!(seconds > 0 && seconds < MOST_SECONDS)) {
      throw new InputException("--timeout", "it must be a positive number of seconds");
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static GridSize size(String text, String option) {
    String[] parts = text.split(",", -1);
    long[] sizes = {1, 1, 1};
    if (parts.length > 3) {
      throw new InputException(option, "'" + text + "' has more than three sizes");
    }
    for (int i = 0; i < parts.length; i++) {
      try {
        sizes[i] = Long.parseLong(parts[i].trim());
      } catch (NumberFormatException e) {
        throw new InputException(option, "'" + text + "' is not N, N,M or N,M,K", e);
      }
    }
    return new GridSize(sizes[0], sizes[1], sizes[2]);
  }
}
