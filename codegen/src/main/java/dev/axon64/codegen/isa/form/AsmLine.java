package dev.axon64.codegen.isa.form;

import dev.axon64.codegen.isa.syntax.Expression;
import java.util.Optional;

/**
 * One of an instruction's texts.
 *
 * @param condition when it is written; empty if always
 */
public record AsmLine(Optional<Expression> condition, Template template) {}
