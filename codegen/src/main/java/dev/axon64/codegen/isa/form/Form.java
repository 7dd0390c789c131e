package dev.axon64.codegen.isa.form;

import dev.axon64.codegen.isa.syntax.Field;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.List;

/**
 * How an instruction is encoded and written, apart from what it means.
 *
 * @param at where it is declared
 * @param name unique among declarations
 * @param kernel the kernel that executes it
 * @param fields of its word
 * @param lines its texts; the first whose condition holds is written, the last has none
 */
public record Form(
    Position at, String name, String kernel, List<Field> fields, List<AsmLine> lines) {}
