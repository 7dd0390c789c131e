package dev.axon64.codegen;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceFiles;
import dev.axon64.codegen.emit.dispatch.java.JavaNames;
import dev.axon64.codegen.emit.program.JavaTensorBackend;
import dev.axon64.codegen.emit.program.JavaTensorBackend.Lanes;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.support.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the sources of the companion networks, without their weights: a run needs no compiler, and
 * new weights need no build.
 */
public final class CompanionGenerator {
  private static final String USAGE = "CompanionGenerator --java DIR --package P";

  private CompanionGenerator() {}

  /** Runs in builds, and prints how many files it wrote; fails on unusable input. */
  public static void main(String[] arguments) {
    List<String> all = List.of(arguments);
    try {
      if (all.size() != 4) {
        throw new InputException("arguments", "usage: " + USAGE);
      }
      List<Path> written =
          SourceFiles.write(Path.of(option(all, "--java")), files(option(all, "--package")));
      System.out.println("generated " + written.size() + " files in " + written.get(0).getParent());
    } catch (InputException e) {
      throw new GenerationFailure(e);
    }
  }

  /** What is added to a network's name for the class with plain loops. */
  private static final String PLAIN = "Plain";

  /**
   * Returns the sources of all shipped graphs in their order, each with vectors and with plain
   * loops.
   */
  public static List<SourceFile> files(String packageName) {
    List<SourceFile> files = new ArrayList<>();
    for (String name : Graphs.SHIPPED) {
      TensorProgram program = GraphLowering.lower(Graphs.read(name));
      String type = JavaTensorBackend.classNameFor(name);
      files.addAll(
          new JavaTensorBackend(names(packageName, type), Lanes.VECTORS).generate(program));
      files.addAll(
          new JavaTensorBackend(names(packageName, type + PLAIN), Lanes.PLAIN).generate(program));
    }
    return files;
  }

  private static JavaNames names(String packageName, String type) {
    return new JavaNames(packageName, type, Optional.of(NetworkRunner.class.getName()));
  }

  private static String option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 >= arguments.size()) {
      throw new InputException(name, "is missing; usage: " + USAGE);
    }
    return arguments.get(at + 1);
  }
}
