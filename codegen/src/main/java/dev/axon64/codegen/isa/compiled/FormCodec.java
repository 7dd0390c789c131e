package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.form.AsmLine;
import dev.axon64.codegen.isa.form.Form;
import dev.axon64.codegen.isa.form.Template;
import dev.axon64.codegen.isa.syntax.Field;

/** Writes and reads how instructions are encoded and written. */
final class FormCodec {
  private FormCodec() {}

  static void write(Output out, Form form) {
    SyntaxCodec.write(out, form.at());
    out.text(form.name());
    out.text(form.kernel());
    out.list(form.fields(), FormCodec::write);
    out.list(form.lines(), FormCodec::write);
  }

  static Form read(Input in) {
    return new Form(
        SyntaxCodec.position(in),
        in.text(),
        in.text(),
        in.list(FormCodec::field),
        in.list(FormCodec::line));
  }

  private static void write(Output out, Field field) {
    out.text(field.name());
    out.number(field.low());
    out.number(field.width());
  }

  private static Field field(Input in) {
    return new Field(in.text(), in.small(), in.small());
  }

  private static void write(Output out, AsmLine line) {
    out.optional(line.condition(), SyntaxCodec::write);
    out.list(line.template().parts(), FormCodec::write);
  }

  private static AsmLine line(Input in) {
    return new AsmLine(
        in.optional(SyntaxCodec::expression), new Template(in.list(FormCodec::part)));
  }

  private static void write(Output out, Template.Part part) {
    switch (part) {
      case Template.Literal literal -> {
        out.flag(false);
        out.text(literal.text());
      }
      case Template.Hole hole -> {
        out.flag(true);
        SyntaxCodec.write(out, hole.at());
        SyntaxCodec.write(out, hole.value());
        out.text(hole.format());
      }
    }
  }

  private static Template.Part part(Input in) {
    return in.flag()
        ? new Template.Hole(SyntaxCodec.position(in), SyntaxCodec.expression(in), in.text())
        : new Template.Literal(in.text());
  }
}
