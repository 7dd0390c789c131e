package dev.axon64.codegen.network.program;

import java.util.List;

/** What a step does, one statement after another. */
public sealed interface Statement {
  /** Names a value. */
  record Let(Real.Local local, Real value) implements Statement {}

  /** Names a word. */
  record LetWord(Word.Local local, Word value) implements Statement {}

  /** Names a value that {@link Assign} may change. */
  record Accumulator(Real.Local local, Real start) implements Statement {}

  /** Gives an accumulator its next value. */
  record Assign(Real.Local local, Real value) implements Statement {}

  /** Puts a value into a buffer. */
  record Store(Buffer buffer, Index index, Real value) implements Statement {}

  /** Runs the body for each count, in order. */
  record Loop(Counter counter, List<Statement> body) implements Statement {
    public Loop {
      body = List.copyOf(body);
    }
  }
}
