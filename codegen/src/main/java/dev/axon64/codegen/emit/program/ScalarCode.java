package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.network.program.Buffer;
import dev.axon64.codegen.network.program.Counter;
import dev.axon64.codegen.network.program.Index;
import dev.axon64.codegen.network.program.Real;
import dev.axon64.codegen.network.program.Statement;
import dev.axon64.codegen.network.program.Step;
import dev.axon64.codegen.network.program.Word;
import java.util.List;

/**
 * Prints statements number by number; Java and Metal spell the same C-like text a little apart.
 * Lanes may go abreast, each with locals of its own: where a body sums in a loop, one lane alone
 * would wait for each of its own fmas.
 */
abstract class ScalarCode {
  /** Takes the lines. */
  interface Lines {
    void statement(String text);

    void open(String control);

    void close();
  }

  /** Divides every count of lanes; more would not fit in a CPU's registers. */
  private static final int MOST_ABREAST = 8;

  /** The loop that runs over the lanes that go abreast; null for none. */
  private Counter lane;

  private int abreast = 1;

  /** Which of the lanes abreast is being printed. */
  private int member;

  abstract String area(Buffer.Area area);

  abstract String constant(float value);

  abstract String constant(int value);

  abstract String fma(String left, String right, String addend);

  abstract String squareRoot(String of);

  abstract String bitsOf(String real);

  abstract String fromBits(String word);

  abstract String wordType();

  abstract String shiftRight();

  /** {@code for (int c7 = 0; c7 < 64; c7++)} */
  static String loop(Counter counter) {
    return loop(counter, "++");
  }

  private static String loop(Counter counter, String step) {
    String c = counter(counter);
    return "for (int " + c + " = 0; " + c + " < " + counter.count() + "; " + c + step + ")";
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

  /** Prints a loop over lanes. */
  final void print(Step.Lanes lanes, Lines out) {
    boolean sums = lanes.body().stream().anyMatch(Statement.Loop.class::isInstance);
    lane = lanes.lane();
    abreast = sums ? MOST_ABREAST : 1;
    out.open(loop(lane, sums ? " += " + abreast : "++"));
    print(lanes.body(), out);
    out.close();
    lane = null;
    abreast = 1;
  }

  final void print(List<Statement> statements, Lines out) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Loop loop) {
        out.open(loop(loop.counter()));
        print(loop.body(), out);
        out.close();
      } else {
        for (member = 0; member < abreast; member++) {
          print(statement, out);
        }
        member = 0;
      }
    }
  }

  private void print(Statement statement, Lines out) {
    if (statement instanceof Statement.Let let) {
      out.statement("float " + local(let.local()) + " = " + real(let.value()));
    } else if (statement instanceof Statement.Accumulator accumulator) {
      out.statement("float " + local(accumulator.local()) + " = " + real(accumulator.start()));
    } else if (statement instanceof Statement.Assign assign) {
      out.statement(local(assign.local()) + " = " + real(assign.value()));
    } else if (statement instanceof Statement.LetWord let) {
      out.statement(wordType() + " " + local(let.local()) + " = " + word(let.value()));
    } else if (statement instanceof Statement.Store store) {
      out.statement(element(store.buffer(), store.index()) + " = " + real(store.value()));
    } else {
      throw new IllegalStateException("no text for " + statement);
    }
  }

  private String local(Real.Local local) {
    return "v" + local.id() + suffix();
  }

  private String local(Word.Local local) {
    return "w" + local.id() + suffix();
  }

  private String suffix() {
    return abreast == 1 ? "" : "_" + member;
  }

  final String element(Buffer buffer, Index index) {
    boolean moves = member > 0 && index.stride(lane) != 0;
    String place = place(buffer, moves ? index.plus(member) : index);
    return area(buffer.area()) + "[" + place + "]";
  }

  final String real(Real real) {
    if (real instanceof Real.Constant constant) {
      return constant(constant.value());
    } else if (real instanceof Real.Load load) {
      return element(load.buffer(), load.index());
    } else if (real instanceof Real.Local local) {
      return local(local);
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
      return local(local);
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
