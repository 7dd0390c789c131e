package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.KernelParameter;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members of the class that a kernel becomes: a method for each function, and the run. */
final class KernelClass {
  private static final int MOST_PARAMETER_SLOTS = 250;
  private static final int FLAGS =
      ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER;

  private final Function kernel;
  private final List<Function> order;
  private final Layout layout;
  private final Set<Function> inPieces;
  private final int pieceBytes;
  private final Map<Function, Long> frameBegins = new HashMap<>();
  private long threadBytes;

  /**
   * @param order the kernel and all that it calls, callers first
   * @param inPieces the functions to cut up
   * @param pieceBytes what a piece may come to, by estimate
   */
  KernelClass(
      Function kernel,
      List<Function> order,
      Layout layout,
      Set<Function> inPieces,
      int pieceBytes) {
    this.kernel = kernel;
    this.order = order;
    this.layout = layout;
    this.inPieces = inPieces;
    this.pieceBytes = pieceBytes;
  }

  /** The memory that one thread takes, known once the class is built. */
  long threadBytes() {
    return threadBytes;
  }

  void build(ClassBuilder builder) {
    builder.withFlags(FLAGS);
    builder.withInterfaceSymbols(Jvm.KERNEL);
    builder.withMethodBody(
        ConstantDescs.INIT_NAME,
        ConstantDescs.MTD_void,
        ClassFile.ACC_PUBLIC,
        code -> {
          code.aload(0);
          code.invokespecial(
              ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
          code.return_();
        });
    for (Function function : order) {
      if (Jvm.signature(function).parameterCount() > MOST_PARAMETER_SLOTS / 2) {
        throw function.pos().error("'" + function.name() + "' has too many parameters");
      }
      methods(builder, function);
    }
    builder.withMethodBody(
        "range",
        Jvm.method(Jvm.VOID, Jvm.CONTEXT, Jvm.LONG, Jvm.LONG),
        ClassFile.ACC_PUBLIC,
        this::range);
  }

  /** The method of a function and those of its pieces. */
  private void methods(ClassBuilder builder, Function function) {
    boolean cut = inPieces.contains(function);
    FunctionSpace space = new FunctionSpace(function, frameBegins.getOrDefault(function, 0L), cut);
    Stmt body = cut ? new Outliner(pieceBytes).shrink(function.body()) : function.body();
    MethodTypeDesc signature = Jvm.signature(function);
    builder.withMethodBody(
        layout.methodName(function),
        signature,
        ClassFile.ACC_STATIC,
        code -> {
          Emitters all = begin(code, space);
          ParameterEmitter parameters = new ParameterEmitter(all);
          int slot = 1;
          for (Var var : function.parameters()) {
            slot = parameters.take(var, slot);
          }
          all.statements.body(slot, body);
        });
    // Emitting a piece may add further pieces to the list.
    for (int i = 0; i < space.pieces().size(); i++) {
      Stmt.Outlined part = space.pieces().get(i);
      builder.withMethodBody(
          layout.methodName(function) + "$" + i,
          signature.changeReturnType(Jvm.INT),
          ClassFile.ACC_STATIC,
          code -> piece(code, space, part));
    }
    threadBytes = Math.max(threadBytes, space.end());
    for (Function callee : function.calls()) {
      frameBegins.merge(callee, space.end(), Math::max);
    }
  }

  private Emitters begin(CodeBuilder code, FunctionSpace space) {
    FunctionFrame frame = new FunctionFrame(code, space, layout);
    code.aload(0);
    code.getfield(Jvm.CONTEXT, "memory", Jvm.BYTES);
    code.astore(frame.memorySlot);
    code.loadConstant(ThreadContext.TURNS_BETWEEN_POLLS);
    code.istore(frame.budgetSlot);
    return new Emitters(frame);
  }

  /** A piece gets the arguments of its function; those that changed live in memory by then. */
  private void piece(CodeBuilder code, FunctionSpace space, Stmt.Outlined part) {
    Emitters all = begin(code, space);
    ParameterEmitter parameters = new ParameterEmitter(all);
    int slot = 1;
    for (Var var : space.function().parameters()) {
      if (space.variables().get(var) == null) {
        slot = parameters.take(var, slot);
      } else {
        slot += ParameterEmitter.slots(var.type());
      }
    }
    all.statements.piece(slot, part);
  }

  /** The loop over a range of the grid. */
  private void range(CodeBuilder code) {
    int at = code.allocateLocal(TypeKind.LONG);
    code.lload(2);
    code.lstore(at);
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(top);
    code.lload(at);
    code.lload(4);
    code.lcmp();
    code.ifge(end);
    code.aload(1);
    code.lload(at);
    code.invokevirtual(Jvm.CONTEXT, "seat", Jvm.method(Jvm.VOID, Jvm.LONG));
    code.aload(1);
    int threadgroupArgument = 0;
    for (KernelParameter parameter : kernel.kernelParameters()) {
      if (parameter.attribute().equals("threadgroup")) {
        code.aload(1);
        code.getfield(Jvm.CONTEXT, "shared", Jvm.BYTES);
        code.loadConstant(
            (long) layout.sharedBytes()
                + (long) threadgroupArgument++ * KernelCompiler.THREADGROUP_ARGUMENT_BYTES);
      } else {
        kernelArgument(code, parameter);
      }
    }
    code.invokestatic(layout.owner(), layout.methodName(kernel), Jvm.signature(kernel));
    code.lload(at);
    code.lconst_1();
    code.ladd();
    code.lstore(at);
    code.goto_(top);
    code.labelBinding(end);
    code.return_();
  }

  private static void kernelArgument(CodeBuilder code, KernelParameter parameter) {
    if (parameter.attribute().equals("buffer")) {
      code.aload(1);
      code.loadConstant(parameter.index());
      code.invokevirtual(Jvm.CONTEXT, "buffer", Jvm.method(Jvm.BYTES, Jvm.INT));
      code.lconst_0();
      return;
    }
    Type type = parameter.var().type();
    int count = type instanceof VectorType v ? v.count() : 1;
    Scalar element = type instanceof VectorType v ? v.element() : type.scalar();
    for (int axis = 0; axis < count; axis++) {
      code.aload(1);
      code.loadConstant(axis);
      code.invokevirtual(
          Jvm.CONTEXT, camelCase(parameter.attribute()), Jvm.method(Jvm.LONG, Jvm.INT));
      Arithmetic.convert(code, Scalar.LONG, element);
    }
  }

  private static String camelCase(String name) {
    List<String> words = new ArrayList<>(List.of(name.split("_")));
    StringBuilder out = new StringBuilder(words.removeFirst());
    for (String word : words) {
      out.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return out.toString();
  }
}
