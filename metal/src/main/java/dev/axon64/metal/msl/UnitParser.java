package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Parses what stands at file scope. */
final class UnitParser extends RecordParser {
  private final String file;

  UnitParser(List<Token> tokens, String file) {
    super(tokens);
    this.file = file;
  }

  ShaderUnit unit() {
    while (peek().kind() != Token.Kind.END) {
      item();
    }
    for (Function function : functions) {
      for (Function callee : function.calls()) {
        if (callee.body() == null) {
          throw callee.pos().error("'" + callee + "' is declared and called but never defined");
        }
      }
    }
    List<Function> defined = functions.stream().filter(f -> f.body() != null).toList();
    return new ShaderUnit(file, defined, List.copyOf(constants), List.copyOf(shared));
  }

  private void item() {
    Token token = peek();
    if (take(";")) {
      return;
    }
    switch (token.isName() ? token.text() : "") {
      case "using", "typedef" -> alias();
      case "static_assert" -> staticAssert();
      case "template" -> template();
      case "namespace" -> namespace();
      case "vertex", "fragment" ->
          throw token.pos().error(token.text() + " functions are not supported; kernels are");
      case "extern" -> {
        next();
        if (peek().kind() == Token.Kind.STRING) {
          next();
        }
      }
      default -> declarationOrFunction();
    }
  }

  private void namespace() {
    Pos pos = next().pos();
    if (peek().isName()) {
      next();
    }
    expect("{", "after a namespace's name");
    while (!sees("}")) {
      if (peek().kind() == Token.Kind.END) {
        throw pos.error("this namespace is never closed; add }");
      }
      enter();
      item();
      leave();
    }
    next();
  }

  private void template() {
    Pos pos = next().pos();
    if (!sees("<")) {
      explicitInstance(pos);
      return;
    }
    List<String> parameters = new ArrayList<>();
    List<Boolean> isValue = new ArrayList<>();
    templateParameters(parameters, isValue);
    int begin = at;
    while (!sees("{") && !sees(";")) {
      if (sees("(")) {
        skipParentheses();
      } else if (next().kind() == Token.Kind.END) {
        throw pos.error("this template never ends");
      }
    }
    if (sees(";")) {
      next();
      return;
    }
    rawBlock();
    if (tokens.get(begin).is("struct") || tokens.get(begin).is("class")) {
      take(";");
    }
    List<Token> body = new ArrayList<>(tokens.subList(begin, at));
    Pos end = peek().pos();
    body.add(new Token(Token.Kind.END, "", end, true, true, java.util.Set.of()));
    registerTemplate(new TokenSlice(body, parameters, isValue), pos);
  }

  private void templateParameters(List<String> parameters, List<Boolean> isValue) {
    expect("<", "after template");
    while (!sees(">")) {
      if (take("typename") || take("class")) {
        isValue.add(false);
      } else {
        specifiers();
        isValue.add(true);
      }
      parameters.add(name("a template parameter"));
      if (sees("=")) {
        throw error("defaults of template parameters are not supported");
      }
      if (!take(",")) {
        break;
      }
    }
    expect(">", "after template parameters");
  }

  private void registerTemplate(TokenSlice slice, Pos pos) {
    List<Token> body = slice.tokens();
    if (body.get(0).is("struct") || body.get(0).is("class")) {
      String name = body.get(1).text();
      scope.put(name, new Symbol.StructTemplate(name, slice, new HashMap<>()));
      return;
    }
    int open = 0;
    while (!body.get(open).is("(") || !body.get(Math.max(0, open - 1)).isName()) {
      if (++open >= body.size() - 1) {
        throw pos.error("this template is neither a function nor a struct");
      }
    }
    String name = body.get(open - 1).text();
    overloads(name, pos).templates().add(new Symbol.FunctionTemplate(name, slice, new HashMap<>()));
  }

  /** {@code template [[host_name("n")]] kernel void f<float>(...);} */
  private void explicitInstance(Pos pos) {
    String host = hostName();
    while (!(peek().isName()
        && peek(1).is("<")
        && scope.find(peek().text()) instanceof Symbol.Overloads)) {
      if (next().kind() == Token.Kind.END || sees(";")) {
        throw pos.error("this explicit instantiation names no function template");
      }
    }
    String name = next().text();
    Symbol.Overloads overloads = (Symbol.Overloads) scope.find(name);
    List<Object> arguments = templateArguments();
    while (!take(";")) {
      if (next().kind() == Token.Kind.END) {
        throw pos.error("';' expected after an explicit instantiation");
      }
    }
    for (Symbol.FunctionTemplate template : overloads.templates()) {
      instance(template, arguments, host, pos);
    }
  }

  private String hostName() {
    String host = null;
    while (sees("[") && peek(1).is("[")) {
      int begin = at;
      skipAttributes();
      for (int i = begin; i < at; i++) {
        if (tokens.get(i).is("host_name") && tokens.get(i + 2).kind() == Token.Kind.STRING) {
          String text = tokens.get(i + 2).text();
          host = text.substring(1, text.length() - 1);
        }
      }
      // Attributes may follow one another; skipAttributes took them all.
    }
    return host;
  }
}
