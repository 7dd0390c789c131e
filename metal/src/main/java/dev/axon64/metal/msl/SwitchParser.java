package dev.axon64.metal.msl;

/** Parses switches and their labels. */
final class SwitchParser {
  private final Parsers all;
  private final TokenCursor cursor;

  SwitchParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  Stmt parse() {
    Pos pos = cursor.next().pos();
    cursor.openScope();
    cursor.expect("(", "after switch");
    Expr value = Checker.value(all.expressions.expression());
    cursor.expect(")", "after the value of a switch");
    Type type = value.type();
    if (!type.isScalar() || type.scalar().isFloat()) {
      throw pos.error("switch needs an integer, not " + type);
    }
    if (!(type instanceof EnumType en && en.scoped())) {
      type = type.scalar().promoted();
    }
    Body.SwitchLabels labels = new Body.SwitchLabels(type, cursor.scope);
    Body.SwitchLabels outer = all.body.enterSwitch(labels);
    Stmt body = all.statements.single();
    all.body.leaveSwitch(outer);
    cursor.closeScope();
    return new Stmt.Switch(Checker.convert(value, type.scalar()), body, labels.cases, pos);
  }

  /** Parses {@code case N:} or {@code default:}. */
  Stmt label() {
    Token token = cursor.next();
    Body.SwitchLabels labels = all.body.labels();
    if (labels == null) {
      throw token.pos().error("'" + token.text() + "' stands outside a switch");
    }
    for (Scope scope = cursor.scope; scope != labels.around; scope = scope.outer) {
      if (scope.initialised() != null) {
        throw token
            .pos()
            .error(
                "this label would jump over the initialiser of '%s'; put the statements of its case in braces"
                    .formatted(scope.initialised()));
      }
    }
    Stmt.Case label =
        token.is("default") ? defaultLabel(labels, token.pos()) : caseLabel(labels, token.pos());
    cursor.expect(":", "after a case label");
    labels.cases.add(label);
    return label;
  }

  private static Stmt.Case defaultLabel(Body.SwitchLabels labels, Pos pos) {
    if (labels.cases.stream().anyMatch(Stmt.Case::isDefault)) {
      throw pos.error("a second default in this switch");
    }
    return new Stmt.Case(true, 0, pos);
  }

  private Stmt.Case caseLabel(Body.SwitchLabels labels, Pos pos) {
    Expr written = Checker.value(all.expressions.assignment());
    if (cursor.sees("...")) {
      throw cursor.error("case ranges are not supported; write the labels out");
    }
    Expr value = Checker.implicit(written, labels.type, "the case label");
    if (!(value instanceof Expr.Const c)) {
      throw pos.error("a case label must be known when compiling");
    }
    if (!labels.values.add(c.bits())) {
      throw pos.error("a second case " + c.bits() + " in this switch");
    }
    return new Stmt.Case(false, c.bits(), pos);
  }
}
