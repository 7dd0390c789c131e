package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.decode.Cubes;
import dev.axon64.codegen.isa.form.AsmLine;
import dev.axon64.codegen.isa.form.Form;
import dev.axon64.codegen.isa.form.Template;
import dev.axon64.codegen.isa.ir.DeadCode;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the copies of an instruction: one for each value of its split fields. */
public final class InstructionBuilder {
  /** The most bits that a condition may depend on; it is tried on all their values. */
  private static final int MOST_CONDITION_BITS = 16;

  /** The most bits of split fields; each doubles the number of copies. */
  private static final int MOST_SPLIT_BITS = 12;

  private final Globals globals;

  /** Builds instructions of the spec with these declarations. */
  public InstructionBuilder(Globals globals) {
    this.globals = globals;
  }

  /**
   * Returns all copies, ordered by the values of the split fields.
   *
   * @throws dev.axon64.codegen.support.InputException if the declaration breaks a rule
   */
  public List<Instruction> build(Declaration.Instruction declaration) {
    int bits = declaration.splits().stream().mapToInt(s -> field(declaration, s).width()).sum();
    if (bits > MOST_SPLIT_BITS) {
      throw declaration
          .at()
          .error(
              String.format(
                  "the split fields of %s have %d bits; up to %d can be split",
                  declaration.name(), bits, MOST_SPLIT_BITS));
    }
    List<Instruction> copies = new ArrayList<>();
    split(declaration, form(declaration), 0, new LinkedHashMap<>(), copies);
    return copies;
  }

  private static Form form(Declaration.Instruction declaration) {
    List<AsmLine> lines =
        declaration.asm().stream()
            .map(asm -> new AsmLine(asm.condition(), Template.parse(asm.at(), asm.text())))
            .toList();
    return new Form(
        declaration.at(), declaration.name(), declaration.kernel(), declaration.fields(), lines);
  }

  private void split(
      Declaration.Instruction declaration,
      Form form,
      int index,
      Map<String, Integer> splits,
      List<Instruction> copies) {
    if (index == declaration.splits().size()) {
      copy(declaration, form, splits, copies);
      return;
    }
    Field field = field(declaration, declaration.splits().get(index));
    for (int value = 0; value < 1 << field.width(); value++) {
      splits.put(field.name(), value);
      split(declaration, form, index + 1, splits, copies);
    }
    splits.remove(field.name());
  }

  private static Field field(Declaration.Instruction declaration, String name) {
    return declaration.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void copy(
      Declaration.Instruction declaration,
      Form form,
      Map<String, Integer> splits,
      List<Instruction> copies) {
    int mask = declaration.mask();
    int value = declaration.value();
    StringBuilder name = new StringBuilder(declaration.name());
    for (Map.Entry<String, Integer> split : splits.entrySet()) {
      Field field = field(declaration, split.getKey());
      mask |= field.mask();
      value |= split.getValue() << field.low();
      name.append('_').append(split.getKey()).append(split.getValue());
    }
    List<Cube> cubes = owned(declaration, new Cube(mask, value));
    if (!cubes.isEmpty()) {
      List<Effect> body = body(declaration, splits);
      copies.add(
          new Instruction(
              name.toString(),
              form,
              Collections.unmodifiableMap(new LinkedHashMap<>(splits)),
              List.copyOf(cubes),
              DeadCode.removed(body)));
    }
  }

  private List<Cube> owned(Declaration.Instruction declaration, Cube base) {
    List<Cube> cubes = List.of(base);
    for (Expression condition : declaration.conditions()) {
      List<Cube> next = new ArrayList<>();
      for (Cube cube : cubes) {
        next.addAll(satisfying(declaration, cube, condition));
      }
      cubes = next;
    }
    return cubes;
  }

  private List<Cube> satisfying(
      Declaration.Instruction declaration, Cube base, Expression condition) {
    Set<String> names = new LinkedHashSet<>();
    FreeNames.collect(condition, names);
    int free = 0;
    for (Field field : declaration.fields()) {
      if (names.contains(field.name())) {
        free |= field.mask() & ~base.mask();
      }
    }
    if (Integer.bitCount(free) > MOST_CONDITION_BITS) {
      throw condition
          .at()
          .error(
              "the condition depends on "
                  + Integer.bitCount(free)
                  + " bits; up to "
                  + MOST_CONDITION_BITS
                  + " can be tried, so name fewer fields");
    }
    int[] positions = new int[Integer.bitCount(free)];
    for (int bit = 0, at = 0; bit < Integer.SIZE; bit++) {
      if ((free >>> bit & 1) != 0) {
        positions[at++] = bit;
      }
    }
    return Cubes.where(
        base,
        positions,
        index -> {
          int word = base.value();
          for (int i = 0; i < positions.length; i++) {
            word |= (index >>> i & 1) << positions[i];
          }
          return new WordEvaluator(globals, declaration.fields(), word, 0).holds(condition);
        });
  }

  private List<Effect> body(Declaration.Instruction declaration, Map<String, Integer> splits) {
    Context context = new Context(globals);
    for (Field field : declaration.fields()) {
      Integer fixed = splits.get(field.name());
      Value value =
          fixed == null
              ? Value.Bits.of(new Node.Field(field.width(), field.low(), field.name()))
              : new Value.Number(fixed, field.width());
      context.scope.add(new Scope.Variable(field.name(), false, value));
    }
    new Statements(context).block(declaration.body());
    return context.out;
  }
}
