package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The function body that is being parsed, and what stands around the cursor in it. */
final class Body {
  /** A switch whose body is being parsed. */
  static final class SwitchLabels {
    final Type type;
    final List<Stmt.Case> cases = new ArrayList<>();
    final Set<Long> values = new HashSet<>();

    /** The scope around the switch. */
    final Scope around;

    SwitchLabels(Type type, Scope around) {
      this.type = type;
      this.around = around;
    }
  }

  private final Function function;
  private final Var self;
  private final Set<Function> calls;
  private SwitchLabels labels;
  private int breakable;
  private int loopDepth;
  private int loopsSeen;

  /**
   * @param function null outside all functions
   * @param self the variable {@code this} of a member function, null elsewhere
   */
  Body(Function function, Var self) {
    this.function = function;
    this.self = self;
    this.calls = function == null ? new LinkedHashSet<>() : function.calls();
  }

  /** The function, or null outside all. */
  Function function() {
    return function;
  }

  /** What is called here: by the function, or outside of all. */
  Set<Function> calls() {
    return calls;
  }

  /** The variable {@code this}, or null outside member functions. */
  Var self() {
    return self;
  }

  /** The innermost switch, or null outside all. */
  SwitchLabels labels() {
    return labels;
  }

  /** Enters a switch; gives the one around it, or null. */
  SwitchLabels enterSwitch(SwitchLabels inner) {
    SwitchLabels outer = labels;
    labels = inner;
    breakable++;
    return outer;
  }

  void leaveSwitch(SwitchLabels outer) {
    breakable--;
    labels = outer;
  }

  void enterLoop() {
    breakable++;
    loopDepth++;
  }

  void leaveLoop() {
    loopDepth--;
    breakable--;
  }

  boolean canBreak() {
    return breakable > 0;
  }

  boolean canContinue() {
    return loopDepth > 0;
  }

  /** How many loops have begun in this body or may run in what it calls. */
  int loopsSeen() {
    return loopsSeen;
  }

  void noteLoop() {
    loopsSeen++;
    if (function != null) {
      function.markLoops();
    }
  }

  void noteCall(Function callee) {
    calls.add(callee);
    if (callee.loops()) {
      noteLoop();
    }
  }
}
