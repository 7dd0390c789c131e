package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Field;
import java.util.List;

/** Computes expressions for one known word, as {@code where} and {@code asm} need them. */
public final class WordEvaluator {
  private final Context context;
  private final Expressions expressions;

  /** Evaluates for a word with these fields at an address. */
  public WordEvaluator(Globals globals, List<Field> fields, int word, long address) {
    context = new Context(globals);
    context.pc = Ops.constant(Long.SIZE, address);
    for (Field field : fields) {
      context.scope.add(
          new Scope.Variable(field.name(), false, new Value.Number(field.of(word), field.width())));
    }
    expressions = new Expressions(context);
  }

  /** Whether a condition holds. */
  public boolean holds(Expression condition) {
    return expressions
        .known(value(condition), condition.at())
        .orElseThrow(
            () ->
                condition
                    .at()
                    .error("the condition depends on more than the word's fields; use only them"));
  }

  /** The value of an expression that is a number. */
  public long number(Expression e) {
    return value(e).asNumber(e.at());
  }

  private Value value(Expression e) {
    Value value = expressions.value(e);
    if (context.ended) {
      throw e.at().error("this ends the instruction, which only its 'do' can; leave it out here");
    }
    return value;
  }
}
