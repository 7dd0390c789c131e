package dev.axon64.emulator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.emulator.text.Operand.Immediate;
import dev.axon64.emulator.text.Operand.Indexing;
import dev.axon64.emulator.text.Operand.Memory;
import dev.axon64.emulator.text.Operand.Option;
import dev.axon64.emulator.text.Operand.Register;
import dev.axon64.emulator.text.Operand.RegisterList;
import dev.axon64.emulator.text.Operand.Shift;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DisassemblyTest {
  private static Register register(String name) {
    return new Register(name, Optional.empty(), OptionalInt.empty());
  }

  private static Register vector(String name, String arrangement) {
    return new Register(name, Optional.of(arrangement), OptionalInt.empty());
  }

  private static Memory memory(String base, Operand offset, Indexing indexing) {
    return new Memory(register(base), Optional.ofNullable(offset), Optional.empty(), indexing);
  }

  private static void operands(int word, String text, Operand... operands) {
    Disassembly read = Disassembly.of(word, 0x1000);
    assertEquals(text, read.text());
    assertEquals(text.split(" ")[0], read.mnemonic());
    assertEquals(List.of(operands), read.operands());
  }

  @Test
  void registersAndNumbers() {
    operands(0x8b020020, "add x0, x1, x2", register("x0"), register("x1"), register("x2"));
    operands(
        0x914007ff,
        "add sp, sp, #0x1, lsl #12",
        register("sp"),
        register("sp"),
        new Immediate(1),
        new Shift("lsl", OptionalInt.of(12)));
    operands(
        0x8b22403f,
        "add sp, x1, w2, uxtw",
        register("sp"),
        register("x1"),
        register("w2"),
        new Shift("uxtw", OptionalInt.empty()));
    operands(
        0x1e6e1000,
        "fmov d0, #1.000000000000000000e+00",
        register("d0"),
        new Operand.FloatImmediate(1));
    assertEquals(31, register("sp").number());
    assertEquals(17, register("v17").number());
  }

  @Test
  void memoryIsOneOperand() {
    operands(
        0xf9400420,
        "ldr x0, [x1, #8]",
        register("x0"),
        memory("x1", new Immediate(8), Indexing.OFFSET));
    operands(
        0xf8408c20,
        "ldr x0, [x1, #8]!",
        register("x0"),
        memory("x1", new Immediate(8), Indexing.PRE));
    operands(
        0xf8408420,
        "ldr x0, [x1], #8",
        register("x0"),
        memory("x1", new Immediate(8), Indexing.POST));
    operands(0xf9400020, "ldr x0, [x1]", register("x0"), memory("x1", null, Indexing.OFFSET));
    operands(
        0xb8625820,
        "ldr w0, [x1, w2, uxtw #2]",
        register("w0"),
        new Memory(
            register("x1"),
            Optional.of(register("w2")),
            Optional.of(new Shift("uxtw", OptionalInt.of(2))),
            Indexing.OFFSET));
  }

  @Test
  void vectorsAndTheirLists() {
    operands(
        0x4cdfa000,
        "ld1 {v0.16b, v1.16b}, [x0], #32",
        new RegisterList(List.of(vector("v0", "16b"), vector("v1", "16b")), OptionalInt.empty()),
        memory("x0", new Immediate(32), Indexing.POST));
    operands(
        0x0e1c3c20,
        "mov w0, v1.s[3]",
        register("w0"),
        new Register("v1", Optional.of("s"), OptionalInt.of(3)));
  }

  @Test
  void labelsConditionsAndSystemRegisters() {
    operands(0x54000040, "b.eq 0x1008", new Operand.Label(0x1008));
    operands(
        0x9a820020,
        "csel x0, x1, x2, eq",
        register("x0"),
        register("x1"),
        register("x2"),
        new Operand.Condition("eq"));
    operands(
        0xd53bd040, "mrs x0, tpidr_el0", register("x0"), new Operand.SystemRegister("tpidr_el0"));
    operands(0xd5033bbf, "dmb ish", new Option("ish"));
    operands(0xd65f03c0, "ret");
    assertEquals(".inst", Disassembly.of(0x0200_0000, 0).mnemonic());
    assertEquals(List.of(), Disassembly.of(0x0200_0000, 0).operands());
  }

  /**
   * No form of any instruction is unknown: words that are no registers are of these instructions.
   */
  @Test
  void everyInstructionIsTakenApart() {
    Set<String> withWords =
        Set.of(
            "dmb", "dsb", "isb", "prfm", "prfum", "dc", "ic", "at", "tlbi", "sys", "sysl", "bti",
            "psb", "tsb");
    long seed = 0;
    for (Instruction instruction : InstructionSpec.a64().instructions()) {
      for (int i = 0; i < 4; i++) {
        Disassembly read = Disassembly.of(new WordSampler(seed++).word(instruction), 0x40_0000);
        for (Operand operand : read.operands()) {
          assertTrue(
              !(operand instanceof Option) || withWords.contains(read.mnemonic()), read.text());
          if (operand instanceof Memory place && place.offset().isPresent()) {
            boolean isSum =
                place.offset().get() instanceof Register
                    || place.offset().get() instanceof Immediate;
            assertTrue(isSum, read.text());
          }
        }
        if (read.text().contains("[") && !read.text().contains(".")) {
          assertInstanceOf(Memory.class, read.operands().getLast(), read.text());
        }
      }
    }
  }
}
