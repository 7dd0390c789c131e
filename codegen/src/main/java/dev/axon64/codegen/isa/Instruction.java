package dev.axon64.codegen.isa;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.syntax.Declaration;
import java.util.List;
import java.util.Map;

/**
 * One copy of an instruction: its splits are made, so that all widths are known.
 *
 * @param name unique; the declared name and the splits' values
 * @param declaration what was written
 * @param splits value of each split field
 * @param cubes the words it owns, disjoint
 * @param body its meaning
 */
public record Instruction(
    String name,
    Declaration.Instruction declaration,
    Map<String, Integer> splits,
    List<Cube> cubes,
    List<Effect> body) {
  /** The kernel that executes it. */
  public String kernel() {
    return declaration.kernel();
  }

  /** Whether it owns a word. */
  public boolean owns(int word) {
    return cubes.stream().anyMatch(cube -> cube.contains(word));
  }
}
