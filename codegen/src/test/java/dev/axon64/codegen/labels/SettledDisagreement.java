package dev.axon64.codegen.labels;

import dev.axon64.codegen.labels.Disassembler.Instruction;
import java.util.List;
import java.util.Set;

/**
 * A class of words whose mnemonic calls for another kernel than their encoding group, settled by
 * the Arm Architecture Reference Manual, C4.1 "A64 instruction set encoding". Anything that does
 * not match a whole entry is a failure.
 *
 * @param mnemonics how the disassemblers call these words
 * @param pattern their encoding: 0, 1 or . (any), bit 31 first; blanks are ignored
 * @param byText the kernel that the mnemonic calls for
 * @param byGroup the kernel of the encoding group, which is right
 * @param reason what the manual says
 */
record SettledDisagreement(
    Set<String> mnemonics, String pattern, String byText, String byGroup, String reason) {

  private static final String TWO_SOURCE =
      " stands in the table Data-processing (2 source) beside the shifts and CRC32; dispatch goes by"
          + " the table, in which only UDIV and SDIV are set apart";

  static final List<SettledDisagreement> ALL =
      List.of(
          new SettledDisagreement(
              Set.of("smax", "smin", "umax", "umin"),
              ".001 1010 110. .... 0110 .... .... ....",
              "ARITHMETIC",
              "EXTEND_SHIFT",
              "the register form (opcode 0110xx)"
                  + TWO_SOURCE
                  + "; the immediate form is among Data processing, immediate, and no exception"),
          new SettledDisagreement(
              Set.of("subp", "subps", "cmpp"),
              "10.1 1010 110. .... 0000 00.. .... ....",
              "ARITHMETIC",
              "EXTEND_SHIFT",
              "subtraction of tagged pointers (opcode 000000, S either way)" + TWO_SOURCE),
          new SettledDisagreement(
              Set.of("irg", "gmi"),
              "1001 1010 110. .... 0001 0... .... ....",
              "ARITHMETIC",
              "EXTEND_SHIFT",
              "insertion and collection of tags (opcode 00010x)" + TWO_SOURCE),
          new SettledDisagreement(
              Set.of("abs"),
              ".101 1010 1100 0000 0010 00.. .... ....",
              "ARITHMETIC",
              "EXTEND_SHIFT",
              "the absolute value (opcode2 00000, opcode 001000) stands in the table"
                  + " Data-processing (1 source) beside RBIT, REV, CLZ, CTZ and CNT"));

  /** Whether this entry settles that an instruction has one kernel by text and one by group. */
  boolean settles(Instruction instruction, String text, String group) {
    return mnemonics.contains(instruction.mnemonic())
        && byText.equals(text)
        && byGroup.equals(group)
        && matches(instruction.word());
  }

  private boolean matches(int word) {
    String bits = pattern.replace(" ", "");
    int mask = Integer.parseUnsignedInt(bits.replace('0', '1').replace('.', '0'), 2);
    int value = Integer.parseUnsignedInt(bits.replace('.', '0'), 2);
    return (word & mask) == value;
  }
}
