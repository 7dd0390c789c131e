package dev.axon64.codegen;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceFiles;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.state.StateClasses;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the sources of the machine: its state and its kernels, from the instruction spec and a
 * dispatch spec's kernels.
 */
public final class KernelGenerator {
  private static final String USAGE =
      "KernelGenerator --spec NAME|FILE --variant NAME|FILE --java DIR --package P; --variant is a"
          + " model with some of the kernels";

  /** The backends whose sources a build of the emulator needs. */
  private static final List<String> BACKENDS = List.of("java", "lanes");

  private KernelGenerator() {}

  /**
   * Runs in builds, and prints how many files it wrote.
   *
   * @throws GenerationFailure on unusable input
   */
  public static void main(String[] arguments) {
    List<String> all = List.of(arguments);
    try {
      if (all.size() != 8) {
        throw new InputException("arguments", "usage: " + USAGE);
      }
      List<SourceFile> files =
          files(
              Models.spec(option(all, "--spec")),
              Models.spec(option(all, "--variant")),
              InstructionSpec.a64FromText(),
              option(all, "--package"));
      List<Path> written = SourceFiles.write(Path.of(option(all, "--java")), files);
      System.out.println("generated " + written.size() + " files in " + written.get(0).getParent());
    } catch (InputException e) {
      throw new GenerationFailure(e);
    }
  }

  /**
   * The sources, in a fixed order.
   *
   * @param model whose kernels are generated
   * @param variant a model with some of them, which may own more words
   * @param set what they execute
   * @throws InputException if the specs do not go together
   */
  public static List<SourceFile> files(
      DispatchSpec model, DispatchSpec variant, InstructionSet set, String packageName) {
    BackendInput input =
        new BackendInput(
            KernelPlan.of(model, set),
            List.of(KernelPlan.of(variant, set)),
            Optional.empty(),
            packageName);
    List<SourceFile> files = new ArrayList<>(StateClasses.generate(set));
    for (String backend : BACKENDS) {
      files.addAll(InstructionBackend.named(backend).generate(input));
    }
    return files;
  }

  private static String option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 >= arguments.size()) {
      throw new InputException(name, "is missing; usage: " + USAGE);
    }
    return arguments.get(at + 1);
  }
}
