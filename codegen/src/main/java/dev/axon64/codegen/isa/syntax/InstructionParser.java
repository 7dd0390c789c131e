package dev.axon64.codegen.isa.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses one instruction's declaration. */
final class InstructionParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final StatementParser statements;
  private BitPattern pattern;
  private List<Statement> body;
  private final List<String> splits = new ArrayList<>();
  private final List<Expression> conditions = new ArrayList<>();
  private final List<Declaration.Asm> asm = new ArrayList<>();

  InstructionParser(Tokens tokens, ExpressionParser expressions, StatementParser statements) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.statements = statements;
  }

  /** Parses what follows the keyword. */
  Declaration parse() {
    Token name = tokens.expect(Token.Kind.NAME, "the instruction's name");
    String kernel = tokens.name("the kernel's name");
    tokens.expect("{");
    while (!tokens.accept("}")) {
      part(tokens.next());
    }
    require(pattern != null, name, "bits");
    require(body != null, name, "do");
    require(!asm.isEmpty(), name, "asm");
    checkSplits(name);
    checkAsm(name);
    return new Declaration.Instruction(
        name.at(),
        name.text(),
        kernel,
        pattern.mask(),
        pattern.value(),
        pattern.fields(),
        splits,
        conditions,
        asm,
        body);
  }

  private void part(Token part) {
    switch (part.text()) {
      case "bits" -> pattern = once(pattern, BitPattern.parse(tokens, part.at()), part);
      case "split" -> split();
      case "where" -> conditions.add(expressions.expression());
      case "asm" -> asm.add(asm(part.at()));
      case "do" -> body = once(body, statements.block(), part);
      default ->
          throw part.at()
              .error(
                  part.shown()
                      + " is no part of an instruction; one of bits, split, where, asm, do");
    }
    if (!part.text().equals("do")) {
      tokens.expect(";");
    }
  }

  private void split() {
    while (!tokens.at(";")) {
      splits.add(tokens.name("a field"));
      tokens.accept(",");
    }
  }

  private static <T> T once(T before, T now, Token part) {
    if (before != null) {
      throw part.at().error("'" + part.text() + "' comes twice; an instruction has one");
    }
    return now;
  }

  private static void require(boolean present, Token name, String part) {
    if (!present) {
      throw name.at().error("instruction " + name.text() + " has no '" + part + "'; add it");
    }
  }

  private void checkSplits(Token name) {
    Set<String> seen = new HashSet<>();
    for (String split : splits) {
      if (pattern.fields().stream().noneMatch(field -> field.name().equals(split))) {
        throw name.at()
            .error(
                "split names "
                    + split
                    + ", which is no field of "
                    + name.text()
                    + "; name one of its bits line");
      }
      if (!seen.add(split)) {
        throw name.at().error("split names " + split + " twice; once is enough");
      }
    }
  }

  /** Checks that the last line, and no other, takes all words that are left. */
  private void checkAsm(Token name) {
    for (int i = 0; i < asm.size() - 1; i++) {
      if (asm.get(i).condition().isEmpty()) {
        throw asm.get(i).at().error("this asm line takes all words; put it last or add a 'when'");
      }
    }
    if (asm.get(asm.size() - 1).condition().isPresent()) {
      throw name.at()
          .error("no asm line of " + name.text() + " takes all words; end with one without 'when'");
    }
  }

  private Declaration.Asm asm(Position at) {
    String text = tokens.expect(Token.Kind.STRING, "the text in quotes").text();
    Optional<Expression> condition =
        tokens.accept("when") ? Optional.of(expressions.expression()) : Optional.empty();
    return new Declaration.Asm(at, text, condition);
  }
}
