package dev.axon64.codegen.network.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the statements of a step, and names expressions that are used again. */
public final class Body {
  private final Ids ids;
  private final List<Statement> statements = new ArrayList<>();

  /** Numbers the locals and counters of one program. */
  public static final class Ids {
    private int next;

    int take() {
      return next++;
    }

    /** Returns a new counter. */
    public Counter counter(int count) {
      return new Counter(take(), count);
    }
  }

  /** Begins an empty body. */
  public Body(Ids ids) {
    this.ids = ids;
  }

  /** Names a value. */
  public Real let(Real value) {
    Real.Local local = new Real.Local(ids.take());
    statements.add(new Statement.Let(local, value));
    return local;
  }

  /** Names a word. */
  public Word let(Word value) {
    Word.Local local = new Word.Local(ids.take());
    statements.add(new Statement.LetWord(local, value));
    return local;
  }

  /** Names a value that changes. */
  public Real.Local accumulator(Real start) {
    Real.Local local = new Real.Local(ids.take());
    statements.add(new Statement.Accumulator(local, start));
    return local;
  }

  /** Gives an accumulator its next value. */
  public void assign(Real.Local local, Real value) {
    statements.add(new Statement.Assign(local, value));
  }

  /** Puts a value into a buffer. */
  public void store(Buffer buffer, Index index, Real value) {
    statements.add(new Statement.Store(buffer, index, value));
  }

  /** Writes a loop. */
  public void loop(int count, BiConsumer<Body, Counter> body) {
    Counter counter = ids.counter(count);
    Body inner = new Body(ids);
    body.accept(inner, counter);
    statements.add(new Statement.Loop(counter, inner.statements()));
  }

  /** The statements written so far. */
  public List<Statement> statements() {
    return List.copyOf(statements);
  }
}
