package dev.axon64.machine.translate;

import java.util.List;

/**
 * A region in words, for those who look for a mistake in it.
 *
 * @param words the guest's code, in the order in which the region has it
 * @param ir what each block computes and does, a line for each value and step
 * @param bytecode the region's method, a line for each instruction
 */
public record RegionText(List<Word> words, List<String> ir, List<String> bytecode) {
  /** One word of the guest's code. */
  public record Word(long address, int word) {}

  static RegionText of(List<PlannedBlock> planned, List<Block> blocks, byte[] type) {
    return new RegionText(
        planned.stream()
            .flatMap(block -> block.instructions().stream())
            .map(instruction -> new Word(instruction.pc(), instruction.code().word()))
            .toList(),
        blocks.stream().flatMap(block -> BlockText.lines(block).stream()).toList(),
        MethodText.lines(type, "run"));
  }
}
