package dev.axon64.codegen.isa;

import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.text.Disassembler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cases of {@code refusals.txt}, whose head explains its form. */
final class Refusals {
  private static final String BEGIN = "--- ";

  /** What the statements may use stands on five lines, so that they begin at the sixth. */
  private static final String AROUND_STATEMENTS =
      String.join(
          "",
          "state FC: bits(1); trap svc(imm: bits(16)); trap odd(x: bits(n));",
          " host time() -> bits(64); host show(x: bits(64)); host wide(x: bits(128));\n",
          "function pair(x: bits(n)) -> (bits(n), bits(n)) { return (x, x); }",
          " function none(x: bits(n)) { FC = 1; }",
          " function same(x: bits(n), y: bits(n)) -> bits(n) { return x; }",
          " function sized(x: bits(n), k: int) -> bits(n) { return x; }",
          " function early(x: bits(n)) -> bits(n) { if (x == 0) { return x; } return x; }\n",
          "function endless(x: bits(n)) -> bits(n) { return endless(x); }",
          " shared function shared_endless(x: bits(n)) -> bits(n) { return shared_endless(x); }",
          " shared function shared_one(x: bits(n)) -> bits(n) { return x; }",
          " shared function shared_wide(x: bits(n)) -> bits(128) { return zx(x, 128); }\n",
          "shared function shared_two(x: bits(n)) -> (bits(n), bits(n)) { return (x, x); }",
          " shared function shared_pc(x: bits(n)) -> bits(64) { return PC; }",
          " shared function shared_undefined(x: bits(n)) { undefined; }",
          " shared function shared_branch(x: bits(n)) { branch(x); }",
          " shared function shared_load(x: bits(64)) -> bits(8) { return Mem[x, 1]; }",
          " shared function shared_set(x: bits(n)) { FC = x[0]; }\n",
          "instruction I SYSTEM { bits s 0000000 k:8 000000 r:5 q:5; split s; asm \"i\"; do {\n",
          "%s\n} }\n");

  private static final String AROUND_TEXTS =
      """
      instruction I SYSTEM {
        bits 1 0000000 k:8 111111 r:5 q:5;
      %s
        do { }
      }
      """;

  private static final int WRITTEN = 0x808affff;

  private Refusals() {}

  /**
   * One case.
   *
   * @param line in the file of cases
   * @param message all of it, without the spec's name
   */
  record Case(int line, String kind, String message, String text) {
    /** Reads the spec, which ought to fail. */
    void read() {
      switch (kind) {
        case "file" -> parse(text);
        case "do" -> parse(AROUND_STATEMENTS.formatted(text));
        case "asm" -> new Disassembler(parse(AROUND_TEXTS.formatted(text))).text(WRITTEN, 0);
        case "more" -> InstructionSpec.a64With(Map.of("t.isa", text));
        case "plan" -> KernelPlan.of(SpecTexts.shipped("a64"), parse(text));
        default -> throw new IllegalStateException("line " + line + " has no kind");
      }
    }

    @Override
    public String toString() {
      return "refusals.txt:" + line + " " + text.lines().findFirst().orElse("");
    }
  }

  /** Another file declares the kernels, so that a case's lines are its own. */
  private static InstructionSet parse(String text) {
    StringBuilder declared = new StringBuilder();
    kernels().forEach(kernel -> declared.append("kernel ").append(kernel).append(";\n"));
    return InstructionSpec.parse(Map.of("t.isa", text, "kernels.isa", declared.toString()));
  }

  /** The kernels of the default model. */
  static List<String> kernels() {
    return SpecTexts.shipped("a64").kernels();
  }

  static List<Case> all() {
    List<String> lines;
    try (InputStream in = Refusals.class.getResourceAsStream("refusals.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(BEGIN)) {
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).isEmpty() && !lines.get(end).startsWith("-")) {
          end++;
        }
        String[] head = lines.get(i).substring(BEGIN.length()).split(" ", 2);
        cases.add(new Case(i + 1, head[0], head[1], String.join("\n", lines.subList(i + 1, end))));
      }
    }
    return cases;
  }
}
