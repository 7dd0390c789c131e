package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.Pos;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The variables and the memory of one function, shared by the JVM methods that it becomes. */
final class FunctionSpace {
  /** Memory that one thread may take. */
  static final long MOST_THREAD_BYTES = 1 << 20;

  private final Function function;
  private final boolean inPieces;
  private final Map<Var, Storage> variables = new HashMap<>();
  private final List<Stmt.Outlined> pieces = new ArrayList<>();
  private final Map<Stmt.Outlined, Integer> numbers = new IdentityHashMap<>();
  private final int resultPlace;
  private long end;

  /**
   * @param begin where its memory begins, behind that of all its callers
   * @param inPieces true if it is cut up; all variables then live in memory
   */
  FunctionSpace(Function function, long begin, boolean inPieces) {
    this.function = function;
    this.inPieces = inPieces;
    this.end = (begin + 7) / 8 * 8;
    this.resultPlace = (int) end;
    if (inPieces) {
      this.end += 8;
    }
  }

  Function function() {
    return function;
  }

  boolean inPieces() {
    return inPieces;
  }

  Map<Var, Storage> variables() {
    return variables;
  }

  /** The pieces met so far. */
  List<Stmt.Outlined> pieces() {
    return pieces;
  }

  /** The number of a piece, which is new if it has not been met. */
  int piece(Stmt.Outlined part) {
    return numbers.computeIfAbsent(
        part,
        p -> {
          pieces.add(p);
          return pieces.size() - 1;
        });
  }

  /** Where a piece leaves a scalar or pointer result for the method that called it. */
  int resultPlace() {
    return resultPlace;
  }

  long end() {
    return end;
  }

  /** Takes a place of the thread's memory for the rest of the function. */
  int allocate(Type type, Pos pos) {
    long align = type.align();
    long offset = (end + align - 1) / align * align;
    end = offset + type.size();
    if (end > MOST_THREAD_BYTES) {
      throw pos.error(
          "with this, a thread of '%s' needs over %d bytes of memory; make arrays smaller"
              .formatted(function.name(), MOST_THREAD_BYTES));
    }
    return (int) offset;
  }
}
