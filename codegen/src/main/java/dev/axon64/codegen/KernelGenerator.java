package dev.axon64.codegen;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceFiles;
import dev.axon64.codegen.isa.InstructionSet;
import dev.axon64.codegen.isa.emit.KernelPlan;
import dev.axon64.codegen.isa.emit.LaneJavaBackend;
import dev.axon64.codegen.isa.emit.ScalarJavaBackend;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.support.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the sources of the kernels, from the instruction spec and a dispatch spec's kernels. */
public final class KernelGenerator {
  private static final String USAGE = "KernelGenerator --spec NAME|FILE --java DIR --package P";

  private KernelGenerator() {}

  /** For builds. Prints how much it wrote; exits with 2 on unusable input. */
  public static void main(String[] arguments) {
    List<String> all = List.of(arguments);
    try {
      if (all.size() != 6) {
        throw new InputException("arguments", "usage: " + USAGE);
      }
      KernelPlan plan = KernelPlan.of(Models.spec(option(all, "--spec")), InstructionSet.a64());
      String packageName = option(all, "--package");
      List<SourceFile> files = new ArrayList<>(new ScalarJavaBackend(packageName).generate(plan));
      files.addAll(new LaneJavaBackend(packageName).generate(plan));
      List<Path> written = SourceFiles.write(Path.of(option(all, "--java")), files);
      System.out.println("generated " + written.size() + " files in " + written.get(0).getParent());
    } catch (InputException e) {
      System.err.println("axon64: " + e.getMessage());
      System.exit(2);
    }
  }

  private static String option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 >= arguments.size()) {
      throw new InputException(name, "is missing; usage: " + USAGE);
    }
    return arguments.get(at + 1);
  }
}
