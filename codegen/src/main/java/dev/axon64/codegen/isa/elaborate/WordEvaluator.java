package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;

/** Computes expressions for one known word, as {@code where} and {@code asm} need them. */
public final class WordEvaluator {
  private final Context context;
  private final Expressions expressions;

  /** For a word of an instruction, at an address. */
  public WordEvaluator(
      Globals globals, Declaration.Instruction declaration, int word, long address) {
    context = new Context(globals);
    context.pc = Ops.constant(Long.SIZE, address);
    for (Declaration.Field field : declaration.fields()) {
      long value = (word & 0xffff_ffffL) >>> field.low() & Ops.mask(field.width());
      context.scope.add(
          new Scope.Variable(field.name(), false, new Value.Number(value, field.width())));
    }
    expressions = new Expressions(context);
  }

  /** A condition. */
  public boolean holds(Expression condition) {
    return expressions
        .known(value(condition), condition.at())
        .orElseThrow(
            () ->
                condition
                    .at()
                    .error("the condition depends on more than the word's fields; use only them"));
  }

  /** A number. */
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
