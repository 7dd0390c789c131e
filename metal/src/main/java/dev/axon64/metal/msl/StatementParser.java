package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses statements. */
abstract class StatementParser extends InitialiserParser {
  private static final long MOST_UNWATCHED = 65536;

  private static final class SwitchContext {
    final Type type;
    final List<Stmt.Case> cases = new ArrayList<>();
    final Set<Long> values = new HashSet<>();

    SwitchContext(Type type) {
      this.type = type;
    }
  }

  final List<Var> shared = new ArrayList<>();
  final List<Var> constants = new ArrayList<>();
  private SwitchContext switchContext;
  private int breakable;
  private int loopDepth;
  private int loopsSeen;

  StatementParser(List<Token> tokens) {
    super(tokens);
  }

  /** Where a function body is being parsed; saved while another one is. */
  record BodyState(
      Function current, Var self, Object switchContext, int breakable, int loopDepth, int loops) {}

  BodyState saveBody() {
    BodyState state = new BodyState(current, self, switchContext, breakable, loopDepth, loopsSeen);
    switchContext = null;
    breakable = 0;
    loopDepth = 0;
    loopsSeen = 0;
    return state;
  }

  void restoreBody(BodyState state) {
    current = state.current();
    self = state.self();
    switchContext = (SwitchContext) state.switchContext();
    breakable = state.breakable();
    loopDepth = state.loopDepth();
    loopsSeen = state.loops();
  }

  @Override
  void noteCall(Function function) {
    if (function.loops()) {
      noteLoop();
    }
  }

  private void noteLoop() {
    loopsSeen++;
    if (current != null) {
      current.markLoops();
    }
  }

  Stmt.Block block() {
    Pos pos = expect("{", "before a block").pos();
    enter();
    openScope();
    List<Stmt> body = new ArrayList<>();
    while (!sees("}")) {
      if (peek().kind() == Token.Kind.END) {
        throw pos.error("this block is never closed; add }");
      }
      statement(body);
    }
    next();
    closeScope();
    leave();
    return new Stmt.Block(body, pos);
  }

  private Stmt single() {
    List<Stmt> body = new ArrayList<>();
    openScope();
    statement(body);
    closeScope();
    return body.size() == 1 ? body.get(0) : new Stmt.Block(body, peek().pos());
  }

  private void statement(List<Stmt> out) {
    enter();
    skipAttributes();
    Token token = peek();
    String word = token.isName() ? token.text() : "";
    switch (word) {
      case "if" -> out.add(ifStatement());
      case "for" -> out.add(forStatement());
      case "while" -> out.add(whileStatement());
      case "do" -> out.add(doStatement());
      case "switch" -> out.add(switchStatement());
      case "case", "default" -> out.add(caseLabel());
      case "break", "continue" -> out.add(jump(next()));
      case "return" -> out.add(returnStatement());
      case "static_assert" -> staticAssert();
      case "using", "typedef" -> alias();
      case "goto" -> throw token.pos().error("goto is not supported; use loops and switch");
      case "try", "throw" -> throw token.pos().error("exceptions are not supported");
      default -> {
        if (sees("{")) {
          out.add(block());
        } else if (take(";")) {
          break;
        } else if (startsDeclaration()) {
          declaration(out);
        } else {
          Expr value = expression();
          expect(";", "after a statement");
          out.add(new Stmt.Evaluate(value, token.pos()));
        }
      }
    }
    leave();
  }

  abstract void alias();

  /** A type begins here, and not as the name of a conversion: {@code float(x)}. */
  private boolean startsDeclaration() {
    if (!startsType()) {
      return false;
    }
    int save = at;
    skipNamespaces();
    Token after = peek(1);
    boolean word = space(peek()) == null && !sees("const") && !sees("constexpr");
    at = save;
    return !(word && (after.is("(") || after.is("{") || after.is("::"))) || sees("struct");
  }

  private void declaration(List<Stmt> out) {
    Specifiers specifiers = specifiers();
    if (take(";")) {
      return;
    }
    do {
      Declarator declarator = declarator(specifiers, specifiers.type(), true);
      if (declarator.name() == null) {
        throw declarator.pos().error("the name of a variable expected, not " + peek().describe());
      }
      skipAttributes();
      variable(specifiers, declarator, out);
    } while (take(","));
    expect(";", "after a declaration");
  }

  private void variable(Specifiers specifiers, Declarator declarator, List<Stmt> out) {
    Pos pos = declarator.pos();
    if (declarator.reference()) {
      referenceVariable(specifiers, declarator, out);
      return;
    }
    if (specifiers.auto()) {
      autoVariable(specifiers, declarator, out);
      return;
    }
    Type type = declarator.type();
    checkObject(type, declarator.openArray(), pos);
    if (declarator.space() == Space.THREADGROUP) {
      Var var = new Var(declarator.name(), type, Space.THREADGROUP, false, false, pos);
      if (sees("=") || sees("{")) {
        throw error("threadgroup variables have no initialiser; assign, then use a barrier");
      }
      shared.add(var);
      declare(var);
      return;
    }
    if (declarator.space() == Space.CONSTANT) {
      fileConstant(declarator);
      return;
    }
    if (declarator.space() == Space.DEVICE) {
      throw pos.error("a variable cannot live in device memory; pass a buffer");
    }
    if (type.holdsAtomic()) {
      throw pos.error(
          "atomics live in device or threadgroup memory; '" + declarator.name() + "' is neither");
    }
    Expr initial = variableInitialiser(declarator);
    if (declarator.openArray()) {
      if (initial == null) {
        throw pos.error("an array without a size needs an initialiser");
      }
      type = initial.type();
    }
    local(declarator.name(), type, declarator.isConst(), initial, pos, out);
  }

  private Expr variableInitialiser(Declarator declarator) {
    Type type = declarator.type();
    if (take("=") || sees("{")) {
      return initialiser(type, declarator.name());
    }
    if (sees("(")) {
      Pos pos = peek().pos();
      List<Expr> arguments = arguments();
      return Checker.implicit(
          construct(type, arguments, pos), type, "the initialiser of '" + declarator.name() + "'");
    }
    return type instanceof StructType struct && struct.hasInitialisers()
        ? zero(struct, declarator.pos())
        : null;
  }

  private void local(
      String name, Type type, boolean isConst, Expr initial, Pos pos, List<Stmt> out) {
    Type held = type instanceof VectorType v ? v.unpacked() : type;
    Var var = new Var(name, held, Space.THREAD, isConst, false, pos);
    Expr value = initial == null ? null : Checker.convert(initial, held);
    if (isConst && held.isScalar() && value instanceof Expr.Const c) {
      var.value(c);
    }
    declare(var);
    out.add(new Stmt.Declare(var, value, pos));
  }

  private void autoVariable(Specifiers specifiers, Declarator declarator, List<Stmt> out) {
    expect("=", "after an auto variable");
    Expr value = Checker.value(assignment());
    checkObject(value.type(), false, declarator.pos());
    local(declarator.name(), value.type(), specifiers.isConst(), value, declarator.pos(), out);
  }

  private void referenceVariable(Specifiers specifiers, Declarator d, List<Stmt> out) {
    if (!take("=") && !sees("{") && !sees("(")) {
      throw d.pos().error("a reference needs an initialiser");
    }
    boolean closed = take("(") || take("{");
    Expr target = assignment();
    if (closed && !take(")")) {
      expect("}", "after the initialiser of a reference");
    }
    Space space = d.space() != null ? d.space() : Checker.space(target);
    Type to = d.type() == null ? target.type() : d.type();
    PointerType type =
        new PointerType(to, space, d.isConst() || (specifiers.auto() && Checker.readOnly(target)));
    Expr pointer = reference(target, type, "the initialiser of '" + d.name() + "'");
    Var var = new Var(d.name(), type, Space.THREAD, true, true, d.pos());
    declare(var);
    out.add(new Stmt.Declare(var, pointer, d.pos()));
  }

  void checkObject(Type type, boolean openArray, Pos pos) {
    if (type == null) {
      throw pos.error("auto cannot stand here; name the type");
    }
    if (type == VoidType.VOID) {
      throw pos.error("a variable cannot be void");
    }
    if (!openArray) {
      Operators.sizeOf(type, pos);
    }
  }

  void declare(Var var) {
    if (scope.here(var.name()) instanceof Symbol.Variable old) {
      throw var.pos()
          .error("'%s' is declared already at %s".formatted(var.name(), old.var().pos()));
    }
    scope.put(var.name(), new Symbol.Variable(var));
  }

  /** A constant with static storage, after its declarator. */
  void fileConstant(Declarator d) {
    Expr initial = variableInitialiser(d);
    if (initial == null) {
      throw d.pos().error("the constant '" + d.name() + "' needs a value");
    }
    if (!ConstantBytes.isConstant(initial)) {
      throw initial.pos().error("the value of '" + d.name() + "' is not known when compiling");
    }
    Type type = d.openArray() ? initial.type() : d.type();
    if (type instanceof VectorType v) {
      type = v.unpacked();
    }
    Var var = new Var(d.name(), type, Space.CONSTANT, true, false, d.pos());
    if (initial instanceof Expr.Const c && type.isScalar()) {
      var.value(c);
    }
    var.initial(initial);
    constants.add(var);
    declare(var);
  }

  void staticAssert() {
    Pos pos = next().pos();
    expect("(", "after static_assert");
    long value = constant("the condition of static_assert");
    String message = "";
    if (take(",")) {
      message = ": " + next().text();
    }
    expect(")", "after static_assert");
    expect(";", "after static_assert");
    if (value == 0) {
      throw pos.error("static_assert failed" + message);
    }
  }

  private Stmt ifStatement() {
    Pos pos = next().pos();
    take("constexpr");
    openScope();
    expect("(", "after if");
    Expr test = Checker.truth(expression(), "the condition");
    expect(")", "after the condition");
    Stmt yes = single();
    Stmt no = take("else") ? single() : null;
    closeScope();
    return new Stmt.If(test, yes, no, pos);
  }

  private Stmt loopBody() {
    breakable++;
    loopDepth++;
    Stmt body = single();
    loopDepth--;
    breakable--;
    return body;
  }

  private Stmt whileStatement() {
    Pos pos = next().pos();
    noteLoop();
    expect("(", "after while");
    Expr test = Checker.truth(expression(), "the condition");
    expect(")", "after the condition");
    return new Stmt.Loop(test, loopBody(), null, true, false, pos);
  }

  private Stmt doStatement() {
    Pos pos = next().pos();
    noteLoop();
    Stmt body = loopBody();
    expect("while", "after the body of do");
    expect("(", "after while");
    Expr test = Checker.truth(expression(), "the condition");
    expect(")", "after the condition");
    expect(";", "after do ... while");
    return new Stmt.Loop(test, body, null, false, false, pos);
  }

  private Stmt forStatement() {
    Pos pos = next().pos();
    noteLoop();
    openScope();
    expect("(", "after for");
    List<Stmt> out = new ArrayList<>();
    if (startsDeclaration()) {
      declaration(out);
    } else if (!take(";")) {
      Expr first = expression();
      out.add(new Stmt.Evaluate(first, pos));
      expect(";", "after the start of a for loop");
    }
    Expr test = sees(";") ? null : Checker.truth(expression(), "the condition");
    expect(";", "after the condition of a for loop");
    Expr step = sees(")") ? null : expression();
    expect(")", "after the head of a for loop");
    Var counter = LoopBounds.counter(out);
    int assigned = counter == null ? 0 : counter.assignments();
    int before = loopsSeen;
    Stmt body = loopBody();
    boolean bounded =
        counter != null
            && !counter.inMemory()
            && counter.assignments() == assigned
            && loopsSeen == before
            && LoopBounds.trips(out, test, step) <= MOST_UNWATCHED;
    closeScope();
    out.add(new Stmt.Loop(test, body, step, true, bounded, pos));
    return new Stmt.Block(out, pos);
  }

  private Stmt switchStatement() {
    Pos pos = next().pos();
    openScope();
    expect("(", "after switch");
    Expr value = Checker.value(expression());
    expect(")", "after the value of a switch");
    Type type = value.type();
    if (!type.isScalar() || type.scalar().isFloat()) {
      throw pos.error("switch needs an integer, not " + type);
    }
    if (!(type instanceof EnumType en && en.scoped())) {
      type = type.scalar().promoted();
    }
    SwitchContext outer = switchContext;
    switchContext = new SwitchContext(type);
    breakable++;
    Stmt body = single();
    breakable--;
    List<Stmt.Case> cases = switchContext.cases;
    switchContext = outer;
    closeScope();
    return new Stmt.Switch(Checker.convert(value, type.scalar()), body, cases, pos);
  }

  private Stmt caseLabel() {
    Token token = next();
    if (switchContext == null) {
      throw token.pos().error("'" + token.text() + "' stands outside a switch");
    }
    Stmt.Case label;
    if (token.is("default")) {
      label = new Stmt.Case(true, 0, token.pos());
      if (switchContext.cases.stream().anyMatch(Stmt.Case::isDefault)) {
        throw token.pos().error("a second default in this switch");
      }
    } else {
      Expr value = Checker.implicit(constantCase(), switchContext.type, "the case label");
      if (!(value instanceof Expr.Const c)) {
        throw token.pos().error("a case label must be known when compiling");
      }
      if (!switchContext.values.add(c.bits())) {
        throw token.pos().error("a second case " + c.bits() + " in this switch");
      }
      label = new Stmt.Case(false, c.bits(), token.pos());
    }
    expect(":", "after a case label");
    switchContext.cases.add(label);
    return label;
  }

  private Expr constantCase() {
    Expr value = Checker.value(assignment());
    if (sees("...")) {
      throw error("case ranges are not supported; write the labels out");
    }
    return value;
  }

  private Stmt jump(Token token) {
    boolean isBreak = token.is("break");
    if (isBreak ? breakable == 0 : loopDepth == 0) {
      throw token.pos().error("'" + token.text() + "' stands outside a loop");
    }
    expect(";", "after " + token.text());
    return isBreak ? new Stmt.Break(token.pos()) : new Stmt.Continue(token.pos());
  }

  private Stmt returnStatement() {
    Pos pos = next().pos();
    Type wanted = current.result();
    Expr value = null;
    if (!sees(";")) {
      if (wanted == VoidType.VOID) {
        Expr nothing = expression();
        if (nothing.type() != VoidType.VOID) {
          throw pos.error("'" + current.name() + "' returns nothing");
        }
        value = nothing;
      } else if (sees("{")) {
        value = brace(wanted);
      } else {
        value = returned(expression(), wanted);
      }
    } else if (wanted != VoidType.VOID) {
      throw pos.error("'%s' must return %s".formatted(current.name(), wanted));
    }
    expect(";", "after return");
    return new Stmt.Return(value, pos);
  }

  private Expr returned(Expr value, Type wanted) {
    String what = "the result of '" + current.name() + "'";
    return current.returnsReference()
        ? reference(value, (PointerType) wanted, what)
        : Checker.implicit(value, wanted, what);
  }
}
