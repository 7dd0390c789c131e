package dev.axon64.codegen;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.compiled.SpecCompiler;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.nio.file.Path;

/** Checks the shipped instruction spec and compiles it into a resource. */
public final class SpecGenerator {
  private SpecGenerator() {}

  /** Runs in builds, and fails if the spec breaks a rule. */
  public static void main(String[] arguments) {
    try {
      if (arguments.length != 1) {
        throw new InputException("arguments", "usage: SpecGenerator FILE");
      }
      AtomicFiles.write(Path.of(arguments[0]), SpecCompiler.compile(InstructionSpec.a64FromText()));
    } catch (InputException e) {
      throw new GenerationFailure(e);
    }
  }
}
