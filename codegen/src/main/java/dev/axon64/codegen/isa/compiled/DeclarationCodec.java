package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Position;

/** Writes and reads declarations that expressions can name. */
final class DeclarationCodec {
  private static final Tag[] TAGS = Tag.values();

  private DeclarationCodec() {}

  private enum Tag {
    STATE,
    KERNEL,
    TRAP,
    HOST,
    CONSTANT,
    FUNCTION
  }

  private static void begin(Output out, Tag tag, Declaration declaration) {
    out.tag(tag);
    SyntaxCodec.write(out, declaration.at());
    out.text(declaration.name());
  }

  static void write(Output out, Declaration declaration) {
    switch (declaration) {
      case Declaration.State d -> {
        begin(out, Tag.STATE, d);
        out.number(d.count());
        out.number(d.width());
        out.number(d.reset());
        out.optional(d.trace(), Output::text);
        out.optional(d.letter(), Output::text);
        out.optional(d.snapshot(), Output::text);
      }
      case Declaration.Kernel d -> begin(out, Tag.KERNEL, d);
      case Declaration.Trap d -> {
        begin(out, Tag.TRAP, d);
        out.list(d.parameters(), DeclarationCodec::write);
      }
      case Declaration.Host d -> {
        begin(out, Tag.HOST, d);
        out.list(d.parameters(), DeclarationCodec::write);
        out.number(d.width());
      }
      case Declaration.Constant d -> {
        begin(out, Tag.CONSTANT, d);
        SyntaxCodec.write(out, d.value());
      }
      case Declaration.Function d -> {
        begin(out, Tag.FUNCTION, d);
        out.flag(d.shared());
        out.list(d.parameters(), DeclarationCodec::write);
        out.optional(d.result(), SyntaxCodec::write);
        out.optional(d.shortcut(), DeclarationCodec::write);
        out.list(d.body(), SyntaxCodec::write);
      }
      case Declaration.Instruction d ->
          throw new IllegalArgumentException("nothing names the instruction " + d.name());
    }
  }

  static Declaration read(Input in) {
    Tag tag = TAGS[in.small()];
    Position at = SyntaxCodec.position(in);
    String name = in.text();
    return switch (tag) {
      case STATE ->
          new Declaration.State(
              at,
              name,
              in.small(),
              in.small(),
              in.number(),
              in.optional(Input::text),
              in.optional(Input::text),
              in.optional(Input::text));
      case KERNEL -> new Declaration.Kernel(at, name);
      case TRAP -> new Declaration.Trap(at, name, in.list(DeclarationCodec::parameter));
      case HOST -> new Declaration.Host(at, name, in.list(DeclarationCodec::parameter), in.small());
      case CONSTANT -> new Declaration.Constant(at, name, SyntaxCodec.expression(in));
      case FUNCTION ->
          new Declaration.Function(
              at,
              name,
              in.flag(),
              in.list(DeclarationCodec::parameter),
              in.optional(SyntaxCodec::result),
              in.optional(DeclarationCodec::shortcut),
              in.list(SyntaxCodec::statement));
    };
  }

  private static void write(Output out, Declaration.Shortcut shortcut) {
    SyntaxCodec.write(out, shortcut.at());
    out.text(shortcut.name());
    out.list(shortcut.registers(), Output::text);
  }

  private static Declaration.Shortcut shortcut(Input in) {
    return new Declaration.Shortcut(SyntaxCodec.position(in), in.text(), in.list(Input::text));
  }

  private static void write(Output out, Declaration.Parameter parameter) {
    SyntaxCodec.write(out, parameter.at());
    out.text(parameter.name());
    out.optional(parameter.width(), SyntaxCodec::write);
  }

  private static Declaration.Parameter parameter(Input in) {
    return new Declaration.Parameter(
        SyntaxCodec.position(in), in.text(), in.optional(SyntaxCodec::expression));
  }
}
