package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.model.HostFunction;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionDecoder;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Trap;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes an instruction set from a spec's declarations, and checks the rules of the language. */
public final class Elaboration {
  private Elaboration() {}

  /**
   * Elaborates all declarations.
   *
   * @param sha256 of the texts that they stand in, lower-case hexadecimal
   * @throws InputException with file, line and column, if they break a rule
   */
  public static InstructionSet of(List<Declaration> declarations, String sha256) {
    Globals globals = new Globals(declarations);
    checkKernels(declarations);
    InstructionBuilder builder = new InstructionBuilder(globals);
    List<Instruction> instructions = new ArrayList<>();
    of(Declaration.Instruction.class, declarations)
        .forEach(declaration -> instructions.addAll(builder.build(declaration)));
    checkNames(instructions);
    checkOverlap(instructions);
    List<Instruction> all = List.copyOf(instructions);
    return new InstructionSet(
        () -> sha256,
        all,
        globals.functions(),
        Registers.of(of(Declaration.State.class, declarations)),
        of(Declaration.Trap.class, declarations).stream().map(Elaboration::trap).toList(),
        of(Declaration.Host.class, declarations).stream().map(Elaboration::host).toList(),
        globals.names(),
        new InstructionDecoder(all));
  }

  private static Trap trap(Declaration.Trap trap) {
    if (Trap.OWN.contains(trap.name())) {
      throw trap.at().error(trap.name() + " stops every machine; give the trap another name");
    }
    return new Trap(trap.name());
  }

  private static HostFunction host(Declaration.Host host) {
    return new HostFunction(
        host.name(),
        host.parameters().stream().map(Declaration.Parameter::name).toList(),
        host.width());
  }

  private static <T extends Declaration> List<T> of(Class<T> kind, List<Declaration> all) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Refuses an instruction whose kernel is not declared: nothing would ever execute it. */
  private static void checkKernels(List<Declaration> declarations) {
    List<String> kernels =
        of(Declaration.Kernel.class, declarations).stream().map(Declaration::name).toList();
    for (Declaration.Instruction one : of(Declaration.Instruction.class, declarations)) {
      if (!kernels.contains(one.kernel())) {
        throw one.at()
            .error(
                String.format(
                    "%s is given to %s, which is no kernel; name one of %s or declare it with"
                        + " kernel",
                    one.name(), one.kernel(), kernels));
      }
    }
  }

  /** Refuses two copies of one name, since the values of split fields become part of names. */
  private static void checkNames(List<Instruction> instructions) {
    Map<String, Instruction> names = new LinkedHashMap<>();
    for (Instruction instruction : instructions) {
      Instruction before = names.putIfAbsent(instruction.name(), instruction);
      if (before != null) {
        throw instruction
            .form()
            .at()
            .error(
                String.format(
                    "a copy of it and one of %s (%s) are both named %s; rename one",
                    before.form().name(), before.form().at(), before.name()));
      }
    }
  }

  private static void checkOverlap(List<Instruction> instructions) {
    for (int i = 0; i < instructions.size(); i++) {
      for (int j = 0; j < i; j++) {
        for (Cube a : instructions.get(i).cubes()) {
          for (Cube b : instructions.get(j).cubes()) {
            if (a.meets(b)) {
              throw clash(instructions.get(i), instructions.get(j), a.common(b));
            }
          }
        }
      }
    }
  }

  private static InputException clash(Instruction late, Instruction early, int word) {
    return late.form()
        .at()
        .error(
            String.format(
                "%s and %s (%s) both own the word 0x%08x; exclude it from one with where",
                late.name(), early.name(), early.form().at(), word));
  }
}
