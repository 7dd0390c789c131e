package dev.axon64.codegen.isa.model;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.decode.Decoder;
import java.util.ArrayList;
import java.util.List;

/** Finds the instruction that owns a word, by a tree that is built when it is first needed. */
public final class InstructionDecoder implements Decoder {
  private final List<Instruction> instructions;
  private volatile DecodeTree tree;

  /** Decodes these instructions, no two of which may own the same word. */
  public InstructionDecoder(List<Instruction> instructions) {
    this.instructions = instructions;
  }

  /** The index of a word's instruction; -1 if none owns it. */
  @Override
  public int find(int word) {
    if (tree == null) {
      tree = tree(instructions);
    }
    return tree.find(word);
  }

  /** The tree whose answers are indices of instructions, or -1. */
  public static DecodeTree tree(List<Instruction> instructions) {
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
