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
 * Prints statements that compute one number after another, in the C-like text that Java and shaders
 * share. Where a body sums in a loop, several lanes go abreast, each with its own locals, since one
 * alone would wait for each of its own fmas.
 */
final class ScalarCode {
  /** Takes the lines. */
  interface Lines {
    void statement(String text);

    void open(String control);

    void close();
  }

  /**
   * The most lanes that go abreast; it divides every count of lanes, and more would not fit in a
   * CPU's registers.
   */
  private static final int MOST_ABREAST = 8;

  private final Dialect dialect;

  /** The counter of the lanes that go abreast; null for none. */
  private Counter lane;

  private int abreast = 1;

  /** Which of the lanes abreast is being printed. */
  private int member;

  ScalarCode(Dialect dialect) {
    this.dialect = dialect;
  }

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
  void print(Step.Lanes lanes, Lines out) {
    boolean sums = lanes.body().stream().anyMatch(Statement.Loop.class::isInstance);
    lane = lanes.lane();
    abreast = sums ? MOST_ABREAST : 1;
    out.open(loop(lane, sums ? " += " + abreast : "++"));
    print(lanes.body(), out);
    out.close();
    lane = null;
    abreast = 1;
  }

  void print(List<Statement> statements, Lines out) {
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
    switch (statement) {
      case Statement.Let let -> declare(out, let.local(), let.value());
      case Statement.Accumulator accumulator ->
          declare(out, accumulator.local(), accumulator.start());
      case Statement.Assign assign ->
          out.statement(local(assign.local()) + " = " + real(assign.value()));
      case Statement.LetWord let ->
          out.statement(dialect.wordType + " " + local(let.local()) + " = " + word(let.value()));
      case Statement.Store store ->
          out.statement(element(store.buffer(), store.index()) + " = " + real(store.value()));
      case Statement.Loop loop -> throw new IllegalArgumentException("not one statement: " + loop);
    }
  }

  private void declare(Lines out, Real.Local local, Real value) {
    out.statement("float " + local(local) + " = " + real(value));
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

  String element(Buffer buffer, Index index) {
    boolean moves = member > 0 && index.stride(lane) != 0;
    String place = place(buffer, moves ? index.plus(member) : index);
    return dialect.area(buffer.area()) + "[" + place + "]";
  }

  private String real(Real real) {
    return switch (real) {
      case Real.Constant constant -> dialect.constant(constant.value());
      case Real.Load load -> element(load.buffer(), load.index());
      case Real.Local local -> local(local);
      case Real.Binary binary ->
          "(" + real(binary.left()) + sign(binary.operation()) + real(binary.right()) + ")";
      case Real.Fma fma ->
          call(dialect.fma, real(fma.left()), real(fma.right()), real(fma.addend()));
      case Real.SquareRoot root -> call(dialect.squareRoot, real(root.of()));
      case Real.Select select -> {
        String then = real(select.then());
        yield "(" + test(select.test()) + " ? " + then + " : " + real(select.otherwise()) + ")";
      }
      case Real.FromBits bits -> call(dialect.fromBits, word(bits.bits()));
    };
  }

  private static String call(String function, String... arguments) {
    return function + "(" + String.join(", ", arguments) + ")";
  }

  private static String sign(Real.Operation operation) {
    return switch (operation) {
      case ADD -> " + ";
      case SUBTRACT -> " - ";
      case MULTIPLY -> " * ";
      case DIVIDE -> " / ";
    };
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
    return switch (word) {
      case Word.Constant constant -> dialect.constant(constant.value());
      case Word.BitsOf bits -> call(dialect.bitsOf, real(bits.real()));
      case Word.Local local -> local(local);
      case Word.Binary binary ->
          "(" + word(binary.left()) + sign(binary.operation()) + word(binary.right()) + ")";
    };
  }

  private String sign(Word.Operation operation) {
    return switch (operation) {
      case ADD -> " + ";
      case SUBTRACT -> " - ";
      case SHIFT_LEFT -> " << ";
      case SHIFT_RIGHT -> " " + dialect.shiftRight + " ";
    };
  }
}
