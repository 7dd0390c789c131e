package dev.axon64.app;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which network a command works with. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A shipped model: a64 (the default) or kvrm7.")
  private String model;

  @Option(
      names = "--spec",
      paramLabel = "NAME|FILE",
      description = "A dispatch spec: a64, kvrm7, published, or a file. Goes with --weights.")
  private String spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights for --spec: .npy, .pt or .safetensors.")
  private Path weights;

  Network network() {
    return Models.select(model, spec, weights);
  }
}
