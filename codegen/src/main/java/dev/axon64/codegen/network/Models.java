package dev.axon64.codegen.network;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.DispatchSpecParser;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.TensorFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Specs and weights by name or by file. The shipped ones are resources of the {@code weights}
 * module, so that module must be on the class path for names to work.
 */
public final class Models {
  /** Shipped models, with spec and weights; the first is the default. */
  public static final List<String> SHIPPED = List.of("a64", "kvrm7");

  /** Shipped specs; {@code published} has no shipped weights. */
  public static final List<String> SPECS = List.of("a64", "kvrm7", "published");

  private static final String FOLDER = "/dev/axon64/models/";

  private Models() {}

  /** A shipped model by name. It is read when somebody asks for its spec or its weights. */
  public static Network shipped(String name) {
    if (!SHIPPED.contains(name)) {
      throw new InputException("model " + name, "is not shipped; one of " + SHIPPED);
    }
    return Network.shipped(name, () -> read(name));
  }

  private static Network read(String name) {
    DispatchSpec spec =
        DispatchSpecParser.parse(name + ".spec", resource(name + ".spec"), Models::resource);
    String file = name + ".npy";
    return NetworkFiles.of(spec, TensorFiles.read(resource(file), file), file);
  }

  /** A spec by shipped name or by file; a file wins where both exist. */
  public static DispatchSpec spec(String nameOrFile) {
    if (SPECS.contains(nameOrFile) && !Files.exists(Path.of(nameOrFile))) {
      return DispatchSpecParser.parse(
          nameOrFile + ".spec", resource(nameOrFile + ".spec"), Models::resource);
    }
    try {
      return DispatchSpecParser.parse(Path.of(nameOrFile));
    } catch (InvalidPathException e) {
      throw new InputException(nameOrFile, "is no file name; one of " + SPECS + " or a file", e);
    }
  }

  /**
   * Returns a shipped model, or a network of a spec and weights, or the default model if nothing is
   * named.
   *
   * @param model a shipped name, or null
   * @param spec a shipped name or a file, or null
   * @param weights a file, or null
   * @throws InputException if a model is named beside a spec or weights, or one of these alone
   */
  public static Network select(String model, String spec, Path weights) {
    if (spec == null && weights == null) {
      return shipped(model == null ? SHIPPED.get(0) : model);
    }
    if (model != null) {
      throw new InputException(
          "model " + model, "has a spec and weights of its own; name either it or both of these");
    }
    if (spec == null || weights == null) {
      throw new InputException(
          spec == null ? "weights " + weights : "spec " + spec,
          "a spec and its weights go together; name both");
    }
    return NetworkFiles.read(spec(spec), weights);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Models.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new InputException(
            name, "no such shipped file; is axon64-weights on the class path?");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException(name, "cannot be read from the class path", e);
    }
  }
}
