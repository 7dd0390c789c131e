package dev.axon64.codegen.isa.model;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.syntax.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * A checked instruction spec.
 *
 * @param instructions all copies, in the order of the files
 * @param shared the functions that they call, callees before callers
 * @param registers the machine's declared registers
 * @param traps the declared traps
 * @param hosts the declared host functions
 * @param names constants and functions, for evaluating texts
 */
public record InstructionSet(
    List<Instruction> instructions,
    List<SharedFunction> shared,
    List<Register> registers,
    List<Trap> traps,
    List<HostFunction> hosts,
    Names names) {
  /** The same with other shared functions. */
  public InstructionSet withShared(List<SharedFunction> functions) {
    return new InstructionSet(instructions, functions, registers, traps, hosts, names);
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
