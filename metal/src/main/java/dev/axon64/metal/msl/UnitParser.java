package dev.axon64.metal.msl;

import java.util.List;

/** Parses what stands at file scope. */
final class UnitParser {
  private final Parsers all;
  private final TokenCursor cursor;
  private final TemplateParser templates;
  private final String file;

  UnitParser(List<Token> tokens, String file) {
    this.all = new Parsers(tokens);
    this.cursor = all.cursor;
    this.templates = new TemplateParser(all);
    this.file = file;
  }

  ShaderUnit unit() {
    while (cursor.peek().kind() != Token.Kind.END) {
      item();
    }
    Declared declared = all.declared;
    for (Function function : declared.functions) {
      for (Function callee : function.calls()) {
        if (callee.body() == null) {
          throw callee.pos().error("'" + callee + "' is declared and called but never defined");
        }
      }
    }
    List<Function> defined = declared.functions.stream().filter(f -> f.body() != null).toList();
    return new ShaderUnit(
        file, defined, List.copyOf(declared.constants), List.copyOf(declared.shared));
  }

  private void item() {
    Token token = cursor.peek();
    if (cursor.take(";")) {
      return;
    }
    switch (token.isName() ? token.text() : "") {
      case "using", "typedef" -> all.aliases.parse();
      case "static_assert" -> all.statements.staticAssert();
      case "template" -> templates.parse();
      case "namespace" -> namespace();
      case "vertex", "fragment" ->
          throw token.pos().error(token.text() + " functions are not supported; kernels are");
      case "extern" -> {
        cursor.next();
        if (cursor.peek().kind() == Token.Kind.STRING) {
          cursor.next();
        }
      }
      default -> declarationOrFunction();
    }
  }

  private void namespace() {
    Pos pos = cursor.next().pos();
    if (cursor.peek().isName()) {
      cursor.next();
    }
    cursor.expect("{", "after a namespace's name");
    while (!cursor.sees("}")) {
      if (cursor.peek().kind() == Token.Kind.END) {
        throw pos.error("this namespace is never closed; add }");
      }
      cursor.enter();
      item();
      cursor.leave();
    }
    cursor.next();
  }

  /** A function, or variables in constant memory. */
  private void declarationOrFunction() {
    FunctionParser.Head head = all.functions.head();
    Specifiers specifiers = head.specifiers();
    if (cursor.take(";")) {
      return;
    }
    while (true) {
      Declarator d = all.declarators.parse(specifiers, true);
      if (d.name() == null) {
        throw d.pos().error("a name expected, not " + cursor.peek().describe());
      }
      if (cursor.sees("(")) {
        all.functions.function(specifiers, d, head.kernel());
        return;
      }
      skipAttributesOfConstant();
      if (d.space() != Space.CONSTANT && !(specifiers.isConst() && d.space() == null)) {
        throw d.pos()
            .error(
                "the file-scope variable '%s' must be constant: constant %s %s = ..."
                    .formatted(d.name(), d.type(), d.name()));
      }
      all.variables.checkObject(d.type(), d.openArray(), d.pos());
      all.variables.fileConstant(d);
      if (!cursor.take(",")) {
        cursor.expect(";", "after a declaration");
        return;
      }
    }
  }

  private void skipAttributesOfConstant() {
    if (cursor.sees("[") && cursor.peek(1).is("[") && cursor.peek(2).is("function_constant")) {
      throw cursor.error("function constants are not supported; use constant int N = ...;");
    }
    cursor.skipAttributes();
  }
}
