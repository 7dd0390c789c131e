package dev.axon64.codegen.isa.model;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.form.Form;
import dev.axon64.codegen.isa.ir.Effect;
import java.util.List;
import java.util.Map;

/**
 * One copy of an instruction, in which the split fields have values, so that all widths are known.
 *
 * @param name unique: the declared name and the values of the split fields
 * @param form how it is encoded and written, the same for all copies
 * @param splits value of each split field
 * @param cubes the words it owns, disjoint
 * @param body its meaning
 */
public record Instruction(
    String name, Form form, Map<String, Integer> splits, List<Cube> cubes, List<Effect> body) {
  /** The kernel that executes it. */
  public String kernel() {
    return form.kernel();
  }

  /** Whether the instruction owns a word. */
  public boolean owns(int word) {
    return cubes.stream().anyMatch(cube -> cube.contains(word));
  }

  /** Returns this instruction with another body. */
  public Instruction withBody(List<Effect> effects) {
    return new Instruction(name, form, splits, cubes, effects);
  }
}
