package dev.axon64.metal.msl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A function, from its declaration on; the body arrives with the definition. */
public final class Function {
  private final String name;
  private final Type result;
  private final List<Var> parameters;
  private final List<Expr> defaults;
  private final Set<Function> defaultCalls;
  private final boolean kernel;
  private final Pos pos;
  private final Set<Function> calls = new LinkedHashSet<>();
  private List<KernelParameter> kernelParameters = List.of();
  private List<Var> actualParameters;
  private Stmt body;
  private boolean loops;
  private boolean returnsReference;
  private boolean barrier;

  Function(
      String name, Type result, ParameterParser.Parameters parameters, boolean kernel, Pos pos) {
    this.name = name;
    this.result = result;
    this.parameters = parameters.vars();
    this.actualParameters = parameters.vars();
    this.defaults = parameters.defaults();
    this.defaultCalls = parameters.defaultCalls();
    this.kernel = kernel;
    this.pos = pos;
  }

  public String name() {
    return name;
  }

  public Type result() {
    return result;
  }

  /** The parameters as the definition names them. */
  public List<Var> parameters() {
    return actualParameters;
  }

  List<Var> declaredParameters() {
    return parameters;
  }

  List<Expr> defaults() {
    return defaults;
  }

  /** The functions that the defaults of parameters call. */
  Set<Function> defaultCalls() {
    return defaultCalls;
  }

  public boolean isKernel() {
    return kernel;
  }

  public Pos pos() {
    return pos;
  }

  /** The functions called from the body. */
  public Set<Function> calls() {
    return calls;
  }

  public List<KernelParameter> kernelParameters() {
    return kernelParameters;
  }

  void kernelParameters(List<KernelParameter> all) {
    kernelParameters = all;
  }

  /** The body, or null while only declared. */
  public Stmt body() {
    return body;
  }

  void define(List<Var> names, Stmt statements) {
    actualParameters = names;
    body = statements;
  }

  /** True if the result, a pointer, stands for the place it points at. */
  boolean returnsReference() {
    return returnsReference;
  }

  void markReference() {
    returnsReference = true;
  }

  /** True if a loop stands in it or in what it calls. */
  boolean loops() {
    return loops || body == null;
  }

  void markLoops() {
    loops = true;
  }

  /** True if a threadgroup barrier stands in it. */
  public boolean hasBarrier() {
    return barrier;
  }

  void markBarrier() {
    barrier = true;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < parameters.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(parameters.get(i).type());
    }
    return text.append(')').toString();
  }
}
