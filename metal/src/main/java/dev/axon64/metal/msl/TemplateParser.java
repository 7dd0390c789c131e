package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Parses declarations of templates, and the instances that a source asks for by name. */
final class TemplateParser {
  private final Parsers all;
  private final TokenCursor cursor;

  TemplateParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  void parse() {
    Pos pos = cursor.next().pos();
    if (!cursor.sees("<")) {
      explicitInstance(pos);
      return;
    }
    List<String> parameters = new ArrayList<>();
    List<Boolean> isValue = new ArrayList<>();
    templateParameters(parameters, isValue);
    int begin = cursor.at;
    while (!cursor.sees("{") && !cursor.sees(";")) {
      if (cursor.sees("(")) {
        cursor.skipParentheses();
      } else if (cursor.next().kind() == Token.Kind.END) {
        throw pos.error("this template never ends");
      }
    }
    if (cursor.sees(";")) {
      cursor.next();
      return;
    }
    cursor.skipBlock();
    if (cursor.tokens.get(begin).is("struct") || cursor.tokens.get(begin).is("class")) {
      cursor.take(";");
    }
    register(new TokenSlice(cursor.copyFrom(begin), parameters, isValue), pos);
  }

  private void templateParameters(List<String> parameters, List<Boolean> isValue) {
    cursor.expect("<", "after template");
    while (!cursor.sees(">")) {
      if (cursor.take("typename") || cursor.take("class")) {
        isValue.add(false);
      } else {
        all.specifiers.parse();
        isValue.add(true);
      }
      parameters.add(cursor.name("a template parameter"));
      if (cursor.sees("=")) {
        throw cursor.error("defaults of template parameters are not supported");
      }
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expect(">", "after template parameters");
  }

  /** Keeps a template under its name, to read it for each list of arguments. */
  private void register(TokenSlice slice, Pos pos) {
    List<Token> body = slice.tokens();
    if (body.get(0).is("struct") || body.get(0).is("class")) {
      String name = body.get(1).text();
      cursor.scope.put(name, new Symbol.StructTemplate(name, slice, new HashMap<>()));
      return;
    }
    int open = 0;
    while (!body.get(open).is("(") || !body.get(Math.max(0, open - 1)).isName()) {
      if (++open >= body.size() - 1) {
        throw pos.error("this template is neither a function nor a struct");
      }
    }
    String name = body.get(open - 1).text();
    all.functions
        .overloads(name, pos)
        .templates()
        .add(new Symbol.FunctionTemplate(name, slice, new HashMap<>()));
  }

  /** Parses the rest of {@code template [[host_name("n")]] kernel void f<float>(...);}. */
  private void explicitInstance(Pos pos) {
    String host = hostName();
    while (!(cursor.peek().isName()
        && cursor.peek(1).is("<")
        && cursor.scope.find(cursor.peek().text()) instanceof Symbol.Overloads)) {
      if (cursor.next().kind() == Token.Kind.END || cursor.sees(";")) {
        throw pos.error("this explicit instantiation names no function template");
      }
    }
    String name = cursor.next().text();
    Symbol.Overloads overloads = (Symbol.Overloads) cursor.scope.find(name);
    List<Object> arguments = all.types.templateArguments();
    while (!cursor.take(";")) {
      if (cursor.next().kind() == Token.Kind.END) {
        throw pos.error("';' expected after an explicit instantiation");
      }
    }
    for (Symbol.FunctionTemplate template : overloads.templates()) {
      all.templates.function(template, arguments, host, pos);
    }
  }

  private String hostName() {
    String host = null;
    while (cursor.sees("[") && cursor.peek(1).is("[")) {
      int begin = cursor.at;
      cursor.skipAttributes();
      for (int i = begin; i < cursor.at; i++) {
        if (cursor.tokens.get(i).is("host_name")
            && cursor.tokens.get(i + 2).kind() == Token.Kind.STRING) {
          String text = cursor.tokens.get(i + 2).text();
          host = text.substring(1, text.length() - 1);
        }
      }
    }
    return host;
  }
}
