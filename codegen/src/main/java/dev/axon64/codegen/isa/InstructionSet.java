package dev.axon64.codegen.isa;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.elaborate.Globals;
import dev.axon64.codegen.isa.elaborate.InstructionBuilder;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.IsaParser;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checked instruction spec.
 *
 * @param instructions all copies, in the order of the files
 * @param shared the functions that they call, in the order of their making
 * @param states the machine's declared registers
 * @param traps the declared traps
 * @param hosts the declared host functions
 * @param globals for evaluating texts
 */
public record InstructionSet(
    List<Instruction> instructions,
    List<SharedFunction> shared,
    List<Declaration.State> states,
    List<Declaration.Trap> traps,
    List<Declaration.Host> hosts,
    Globals globals) {
  private static final String FOLDER = "/dev/axon64/isa/";

  /** The files of the shipped spec, one a kernel and those they share. */
  public static final List<String> A64_FILES =
      List.of(
          "state.isa",
          "float.isa",
          "arithmetic.isa",
          "logical.isa",
          "extend-shift.isa",
          "muldiv.isa",
          "branch.isa",
          "load-store.isa",
          "load-store-vector.isa",
          "system.isa",
          "fpsimd-scalar.isa",
          "fpsimd-moves.isa",
          "fpsimd-integer.isa",
          "fpsimd-shift.isa",
          "fpsimd-vector.isa");

  /** Reads the shipped A64 spec. */
  public static InstructionSet a64() {
    return a64With(Map.of());
  }

  /**
   * Reads the shipped A64 spec and more.
   *
   * @param more texts by file name; none may have the name of a shipped one
   * @throws InputException if they break a rule of the language, alone or together
   */
  public static InstructionSet a64With(Map<String, String> more) {
    Map<String, String> files = a64Files();
    more.forEach(
        (name, text) -> {
          if (files.putIfAbsent(name, text) != null) {
            throw new InputException(name, "is the name of a shipped file; rename yours");
          }
        });
    return parse(files);
  }

  /** The text of the shipped A64 spec, by file. */
  static Map<String, String> a64Files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : A64_FILES) {
      try (InputStream in = InstructionSet.class.getResourceAsStream(FOLDER + name)) {
        if (in != null) {
          files.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /**
   * Reads a spec.
   *
   * @param files text by name
   * @throws InputException with file, line and column, if it breaks a rule of the language
   */
  public static InstructionSet parse(Map<String, String> files) {
    List<Declaration> declarations = new ArrayList<>();
    files.forEach((name, text) -> declarations.addAll(IsaParser.parse(name, text)));
    Globals globals = new Globals(declarations);
    checkKernels(declarations);
    InstructionBuilder builder = new InstructionBuilder(globals);
    List<Instruction> instructions = new ArrayList<>();
    of(Declaration.Instruction.class, declarations)
        .forEach(declaration -> instructions.addAll(builder.build(declaration)));
    checkNames(instructions);
    checkOverlap(instructions);
    return new InstructionSet(
        List.copyOf(instructions),
        globals.functions(),
        of(Declaration.State.class, declarations),
        of(Declaration.Trap.class, declarations),
        of(Declaration.Host.class, declarations),
        globals);
  }

  private static <T extends Declaration> List<T> of(Class<T> kind, List<Declaration> all) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** An instruction of a kernel that is none would never be executed. */
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

  /** Splits' values become part of a name, which may then be another's. */
  private static void checkNames(List<Instruction> instructions) {
    Map<String, Instruction> names = new LinkedHashMap<>();
    for (Instruction instruction : instructions) {
      Instruction before = names.putIfAbsent(instruction.name(), instruction);
      if (before != null) {
        throw instruction
            .declaration()
            .at()
            .error(
                String.format(
                    "a copy of it and one of %s (%s) are both named %s; rename one",
                    before.declaration().name(), before.declaration().at(), before.name()));
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
    return late.declaration()
        .at()
        .error(
            String.format(
                "%s and %s (%s) both own the word 0x%08x; exclude it from one with where",
                late.name(), early.name(), early.declaration().at(), word));
  }

  /** The tree that finds a word's instruction: its index here, or -1. */
  public DecodeTree decoder() {
    List<DecodeTree.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < instructions.size(); i++) {
      for (Cube cube : instructions.get(i).cubes()) {
        candidates.add(new DecodeTree.Candidate(cube, i));
      }
    }
    candidates.add(new DecodeTree.Candidate(new Cube(0, 0), -1));
    return DecodeTree.build(candidates);
  }
}
