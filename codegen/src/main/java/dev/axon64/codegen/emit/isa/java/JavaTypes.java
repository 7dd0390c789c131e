package dev.axon64.codegen.emit.isa.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.Map;

/** The types that printed Java names as {@code $name:T}, so that its file imports them. */
public final class JavaTypes {
  /** The state of one guest. */
  public static final ClassName STATE = ClassName.get("dev.axon64.machine.state", "CpuState");

  /** The state of a group of guests. */
  public static final ClassName LANES = ClassName.get("dev.axon64.machine.lane", "LaneState");

  /** What stops a guest. */
  public static final ClassName TRAP = ClassName.get("dev.axon64.machine.state", "GuestTrap");

  /** The kinds of traps. */
  public static final ClassName TRAP_KIND = ClassName.get("dev.axon64.machine.state", "TrapKind");

  /** The shortcuts of shared functions, by the names that the spec gives them. */
  public static final ClassName SHORTCUTS =
      ClassName.get("dev.axon64.machine.shortcut", "Shortcuts");

  private static final String VECTORS = "jdk.incubator.vector";

  private final Map<String, Object> names = new HashMap<>();

  /**
   * @param functions the class that holds the shared functions
   */
  public JavaTypes(ClassName functions) {
    names.put("state", STATE);
    names.put("lanes", LANES);
    names.put("trap", TRAP);
    names.put("kind", TRAP_KIND);
    names.put("functions", functions);
    names.put("shortcuts", SHORTCUTS);
    names.put("vector", ClassName.get(VECTORS, "LongVector"));
    names.put("op", ClassName.get(VECTORS, "VectorOperators"));
    names.put("mask", ClassName.get(VECTORS, "VectorMask"));
  }

  /** Turns printed text into code. */
  public CodeBlock code(String text) {
    return CodeBlock.builder().addNamed(text, names).build();
  }
}
