package dev.axon64.codegen.isa;

import dev.axon64.codegen.isa.compiled.CompiledSpec;
import dev.axon64.codegen.isa.elaborate.Elaboration;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.IsaParser;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the instruction spec: the shipped A64, and texts that add to it or stand alone. */
public final class InstructionSpec {
  private static final String FOLDER = "/dev/axon64/isa/";

  private static final String COMPILED = FOLDER + "a64.compiled";

  /** The files of the shipped spec: one per kernel, and those that kernels share. */
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
          "system-registers.isa",
          "fpsimd-scalar.isa",
          "fpsimd-moves.isa",
          "fpsimd-integer.isa",
          "fpsimd-shift.isa",
          "fpsimd-vector.isa");

  private InstructionSpec() {}

  /** The shipped A64 spec, as it was compiled when the project was built. */
  public static InstructionSet a64() {
    return Shipped.SET;
  }

  /** Read once. */
  private static final class Shipped {
    static final InstructionSet SET = CompiledSpec.read(bytes());

    private static byte[] bytes() {
      try (InputStream in = InstructionSpec.class.getResourceAsStream(COMPILED)) {
        if (in == null) {
          throw new IllegalStateException(COMPILED + " is missing; build codegen with Maven");
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The shipped A64 spec, read from its text. */
  public static InstructionSet a64FromText() {
    return a64With(Map.of());
  }

  /**
   * Reads the shipped A64 spec together with more instructions, which a built machine can execute.
   *
   * @param more texts by file name; none may have the name of a shipped one, or declare what the
   *     machine would have to be built for
   * @throws InputException if they break a rule of the language, alone or together
   */
  public static InstructionSet a64With(Map<String, String> more) {
    Map<String, String> files = a64Files();
    Map<String, String> all = new LinkedHashMap<>(files);
    List<Declaration> declarations = declarations(files);
    more.forEach(
        (name, text) -> {
          if (all.put(name, text) != null) {
            throw new InputException(name, "is the name of a shipped file; rename yours");
          }
          List<Declaration> own = IsaParser.parse(name, text);
          own.forEach(InstructionSpec::refuseMachine);
          declarations.addAll(own);
        });
    return Elaboration.of(declarations, digest(all));
  }

  private static String digest(Map<String, String> files) {
    return Digests.sha256(String.join("", files.values()).getBytes(StandardCharsets.UTF_8));
  }

  private static void refuseMachine(Declaration declaration) {
    switch (declaration) {
      case Declaration.State d -> throw machine(d, "register");
      case Declaration.Host d -> throw machine(d, "host function");
      case Declaration.Kernel d -> {}
      case Declaration.Trap d -> {}
      case Declaration.Constant d -> {}
      case Declaration.Function d -> {}
      case Declaration.Instruction d -> {}
    }
  }

  private static InputException machine(Declaration d, String what) {
    return d.at()
        .error(
            "%s is a %s that the machine was not built with; declare it in state.isa and build again"
                .formatted(d.name(), what));
  }

  /** The text of the shipped A64 spec, by file. */
  private static Map<String, String> a64Files() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : A64_FILES) {
      try (InputStream in = InstructionSpec.class.getResourceAsStream(FOLDER + name)) {
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
    return Elaboration.of(declarations(files), digest(files));
  }

  private static List<Declaration> declarations(Map<String, String> files) {
    List<Declaration> declarations = new ArrayList<>();
    files.forEach((name, text) -> declarations.addAll(IsaParser.parse(name, text)));
    return declarations;
  }
}
