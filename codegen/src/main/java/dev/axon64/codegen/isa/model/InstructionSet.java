package dev.axon64.codegen.isa.model;

import dev.axon64.codegen.isa.decode.Decoder;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.syntax.Names;
import java.util.List;
import java.util.function.Supplier;

/**
 * A checked instruction spec.
 *
 * @param digest the SHA-256 of its texts, one after another, found when somebody asks for it
 * @param instructions all copies, in the order of the files
 * @param shared the functions that they call, callees before callers
 * @param registers the machine's declared registers
 * @param traps the declared traps
 * @param hosts the declared host functions
 * @param names constants and functions, for evaluating texts
 * @param decoder finds a word's instruction: its index, or -1
 */
public record InstructionSet(
    Supplier<String> digest,
    List<Instruction> instructions,
    List<SharedFunction> shared,
    List<Register> registers,
    List<Trap> traps,
    List<HostFunction> hosts,
    Names names,
    Decoder decoder) {
  /** Returns this set with other shared functions. */
  public InstructionSet withShared(List<SharedFunction> functions) {
    return new InstructionSet(
        digest, instructions, functions, registers, traps, hosts, names, decoder);
  }
}
