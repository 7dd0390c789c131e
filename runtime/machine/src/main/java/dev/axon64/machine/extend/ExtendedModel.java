package dev.axon64.machine.extend;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.SimdEngine;
import dev.axon64.machine.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * An extended model from a folder that {@code axon64 extend} wrote, ready to run.
 *
 * @param network of the extended model
 * @param kernels of the extended model
 */
public record ExtendedModel(Network network, ExtensionKernels kernels) {
  private static final long MOST_BYTES = 1 << 20;

  /**
   * Reads instructions, spec and weights, and generates the kernels.
   *
   * @throws InputException if the folder does not hold them, or they do not fit
   */
  public static ExtendedModel read(Path folder) {
    Path specFile = only(folder, "*.spec");
    String name = String.valueOf(specFile.getFileName()).replaceFirst("\\.spec$", "");
    DispatchSpec spec = Models.spec(specFile.toString());
    Network network = NetworkFiles.read(spec, folder.resolve(name + ".npy"));
    Path isa = only(folder, "*.isa");
    String text = new String(AtomicFiles.read(isa, MOST_BYTES), StandardCharsets.UTF_8);
    Map<String, String> more = new TreeMap<>(Map.of(String.valueOf(isa.getFileName()), text));
    DispatchSpec base = Models.spec(Models.SHIPPED.getFirst());
    InstructionSet set = InstructionSpec.a64With(more);
    return new ExtendedModel(network, ExtensionKernels.of(base, spec, set));
  }

  private static Path only(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
        files.forEach(found::add);
      } catch (IOException e) {
        throw new InputException(folder.toString(), AtomicFiles.reason(e), e);
      }
    }
    if (found.size() != 1) {
      Collections.sort(found);
      throw new InputException(
          folder.toString(),
          "must hold one %s and holds %s; name a folder that axon64 extend wrote"
              .formatted(pattern, found.isEmpty() ? "none" : found));
    }
    return found.getFirst();
  }

  /** Makes engines that ask the network for every instruction. */
  public Supplier<Engine> engines() {
    Supplier<? extends Dispatcher> dispatchers = new SimdEngine().open(network);
    return () -> new ExtensionEngine(dispatchers.get(), kernels);
  }
}
