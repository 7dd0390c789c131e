package dev.axon64.app.options;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The network that a command works with. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Use this shipped model: a64 or kvrm7. Default: a64.")
  private Optional<String> model;

  @Option(
      names = "--spec",
      paramLabel = "NAME|FILE",
      description = "Use this dispatch spec: a64, kvrm7, published or a file. Goes with --weights.")
  private Optional<String> spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Use these weights (.npy, .pt or .safetensors). Goes with --spec.")
  private Optional<Path> weights;

  /** What was asked for. */
  public Choice choice() {
    return new Choice(model, spec, weights);
  }

  /**
   * A network that is not read yet.
   *
   * @param model a shipped model's name
   * @param spec a shipped spec's name, or a file
   * @param weights a file
   */
  public record Choice(Optional<String> model, Optional<String> spec, Optional<Path> weights) {
    /** Whether anything was asked for. */
    public boolean isGiven() {
      return model.isPresent() || spec.isPresent() || weights.isPresent();
    }

    /**
     * Reads the network, the default model if nothing was asked for.
     *
     * @throws dev.axon64.codegen.support.InputException if there is none, or not exactly one
     */
    public Network network() {
      return Models.select(model.orElse(null), spec.orElse(null), weights.orElse(null));
    }
  }
}
