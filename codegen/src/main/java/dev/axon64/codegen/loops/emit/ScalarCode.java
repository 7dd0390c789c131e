package dev.axon64.codegen.loops.emit;

import dev.axon64.codegen.loops.Buffer;
import dev.axon64.codegen.loops.Counter;
import dev.axon64.codegen.loops.Index;
import dev.axon64.codegen.loops.Real;
import dev.axon64.codegen.loops.Statement;
import dev.axon64.codegen.loops.Word;
import java.util.List;

/** Prints statements number by number; Java and Metal spell the same C-like text a little apart. */
abstract class ScalarCode {
  /** Takes the lines. */
  interface Lines {
    void statement(String text);

    void open(String control);

    void close();
  }

  abstract String area(Buffer.Area area);

  abstract String constant(float value);

  abstract String constant(int value);

  abstract String fma(String left, String right, String addend);

  abstract String squareRoot(String of);

  abstract String bitsOf(String real);

  abstract String fromBits(String word);

  abstract String wordType();

  abstract String shiftRight();

  /** {@code int c7 = 0; c7 < 64; c7++} within a for. */
  static String loop(Counter counter) {
    String c = counter(counter);
    return "for (int " + c + " = 0; " + c + " < " + counter.count() + "; " + c + "++)";
  }

  static String counter(Counter counter) {
    return "c" + counter.id();
  }

  /** {@code 96 + c7 * 64 + c9} */
  static String place(Buffer buffer, Index index) {
    StringBuilder text = new StringBuilder(Integer.toString(buffer.offset() + index.base()));
    for (Index.Term term : index.terms()) {
      int size = Math.abs(term.stride());
      text.append(term.stride() < 0 ? " - " : " + ").append(counter(term.counter()));
      text.append(size == 1 ? "" : " * " + size);
    }
    return text.toString();
  }

  final void print(List<Statement> statements, Lines out) {
    statements.forEach(statement -> print(statement, out));
  }

  private void print(Statement statement, Lines out) {
    if (statement instanceof Statement.Let let) {
      out.statement("float v" + let.local().id() + " = " + real(let.value()));
    } else if (statement instanceof Statement.Accumulator accumulator) {
      out.statement("float v" + accumulator.local().id() + " = " + real(accumulator.start()));
    } else if (statement instanceof Statement.Assign assign) {
      out.statement("v" + assign.local().id() + " = " + real(assign.value()));
    } else if (statement instanceof Statement.LetWord let) {
      out.statement(wordType() + " w" + let.local().id() + " = " + word(let.value()));
    } else if (statement instanceof Statement.Store store) {
      out.statement(element(store.buffer(), store.index()) + " = " + real(store.value()));
    } else if (statement instanceof Statement.Loop loop) {
      out.open(loop(loop.counter()));
      print(loop.body(), out);
      out.close();
    } else {
      throw new IllegalStateException("no text for " + statement);
    }
  }

  final String element(Buffer buffer, Index index) {
    return area(buffer.area()) + "[" + place(buffer, index) + "]";
  }

  final String real(Real real) {
    if (real instanceof Real.Constant constant) {
      return constant(constant.value());
    } else if (real instanceof Real.Load load) {
      return element(load.buffer(), load.index());
    } else if (real instanceof Real.Local local) {
      return "v" + local.id();
    } else if (real instanceof Real.Binary binary) {
      String sign =
          switch (binary.operation()) {
            case ADD -> " + ";
            case SUBTRACT -> " - ";
            case MULTIPLY -> " * ";
            case DIVIDE -> " / ";
          };
      return "(" + real(binary.left()) + sign + real(binary.right()) + ")";
    } else if (real instanceof Real.Fma fma) {
      return fma(real(fma.left()), real(fma.right()), real(fma.addend()));
    } else if (real instanceof Real.SquareRoot root) {
      return squareRoot(real(root.of()));
    } else if (real instanceof Real.Select select) {
      return "("
          + test(select.test())
          + " ? "
          + real(select.then())
          + " : "
          + real(select.otherwise())
          + ")";
    } else if (real instanceof Real.FromBits bits) {
      return fromBits(word(bits.bits()));
    }
    throw new IllegalStateException("no text for " + real);
  }

  private String test(Real.Test test) {
    String sign =
        switch (test.comparison()) {
          case LESS -> " < ";
          case GREATER -> " > ";
          case NOT_EQUAL -> " != ";
        };
    return real(test.left()) + sign + real(test.right());
  }

  private String word(Word word) {
    if (word instanceof Word.Constant constant) {
      return constant(constant.value());
    } else if (word instanceof Word.BitsOf bits) {
      return bitsOf(real(bits.real()));
    } else if (word instanceof Word.Local local) {
      return "w" + local.id();
    } else if (word instanceof Word.Binary binary) {
      String sign =
          switch (binary.operation()) {
            case ADD -> " + ";
            case SUBTRACT -> " - ";
            case SHIFT_LEFT -> " << ";
            case SHIFT_RIGHT -> " " + shiftRight() + " ";
          };
      return "(" + word(binary.left()) + sign + word(binary.right()) + ")";
    }
    throw new IllegalStateException("no text for " + word);
  }
}
