package dev.axon64.metal.jit;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.KernelParameter;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.ShaderUnit;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.Var;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles one kernel with all it calls to one hidden class. */
public final class KernelCompiler {
  /** Where threadgroup arguments lie, each given the most a GPU offers. */
  public static final int THREADGROUP_ARGUMENT_BYTES = 32768;

  /**
   * Sizes of JVM methods.
   *
   * @param methodBytes functions of more bytes are cut into pieces
   * @param pieceBytes what a piece may come to, by estimate
   */
  public record Limits(int methodBytes, int pieceBytes) {
    /** HotSpot leaves methods of over 8,000 bytes to its interpreter. */
    public static final Limits HOTSPOT = new Limits(8000, 5000);
  }

  private static final int MOST_PARAMETER_SLOTS = 250;
  private static final int FLAGS =
      ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER;

  private final Limits limits;
  private final Layout layout;
  private final Function kernel;
  private final List<Function> order;
  private final Map<Function, Long> frameBegins = new HashMap<>();
  private final Set<Function> inPieces = new HashSet<>();
  private long threadBytes;

  private KernelCompiler(ShaderUnit unit, Function kernel, Limits limits) {
    this.limits = limits;
    this.kernel = kernel;
    this.layout = new Layout(unit, className(kernel));
    this.order = CallOrder.callersFirst(kernel);
  }

  /**
   * A compiled kernel.
   *
   * @param threadBytes memory of one thread
   * @param sharedBytes memory of one threadgroup
   */
  public record Compiled(
      KernelCode code, int threadBytes, byte[] constants, int sharedBytes, boolean barrier) {}

  /** Compiles {@code kernel}; throws InputException for what does not fit the JVM. */
  public static Compiled compile(ShaderUnit unit, Function kernel, Limits limits) {
    return new KernelCompiler(unit, kernel, limits).compile();
  }

  private static ClassDesc className(Function kernel) {
    return ClassDesc.of(Names.CLASS_PREFIX + kernel.name().replaceAll("[^A-Za-z0-9_]", "_"));
  }

  private Compiled compile() {
    byte[] bytes = build(true);
    if (bytes == null || !inPieces.isEmpty()) {
      bytes = build(false);
    }
    try {
      Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
      KernelCode code = (KernelCode) type.getDeclaredConstructor().newInstance();
      boolean barrier = order.stream().anyMatch(Function::hasBarrier);
      int shared = layout.sharedBytes() + threadgroupArguments() * THREADGROUP_ARGUMENT_BYTES;
      return new Compiled(code, (int) threadBytes, layout.constants(), shared, barrier);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } catch (LinkageError e) {
      throw new InputException(
          kernel.pos().toString(),
          "kernel '" + kernel.name() + "' cannot be compiled: " + e.getMessage(),
          e);
    }
  }

  /**
   * Builds the class. The first attempt notes which functions are to be cut into pieces, by the
   * size they came to or, where the class file cannot hold it (null), by estimate.
   */
  private byte[] build(boolean first) {
    threadBytes = 0;
    frameBegins.clear();
    try {
      byte[] bytes = ClassFile.of().build(layout.owner(), this::members);
      if (first) {
        noteLargeMethods(bytes);
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      for (Function function : order) {
        if (CodeWeight.of(function.body()) > limits.pieceBytes()) {
          inPieces.add(function);
        }
      }
      if (!first || inPieces.isEmpty()) {
        throw tooLarge(e);
      }
      return null;
    }
  }

  private void noteLargeMethods(byte[] bytes) {
    Set<String> large = new HashSet<>();
    for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
      int length = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
      if (length > limits.methodBytes()) {
        large.add(method.methodName().stringValue());
      }
    }
    for (Function function : order) {
      if (large.contains(layout.methodName(function))) {
        inPieces.add(function);
      }
    }
  }

  private InputException tooLarge(IllegalArgumentException e) {
    return new InputException(
        kernel.pos().toString(),
        "kernel '%s' or a function it calls is too large for one JVM method (64 KiB of bytecode);"
                .formatted(kernel.name())
            + " split it into smaller functions ("
            + e.getMessage()
            + ")",
        e);
  }

  private int threadgroupArguments() {
    return (int)
        kernel.kernelParameters().stream().filter(p -> p.attribute().equals("threadgroup")).count();
  }

  private void members(ClassBuilder builder) {
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
    Stmt body = cut ? new Outliner(limits.pieceBytes()).shrink(function.body()) : function.body();
    MethodTypeDesc signature = Jvm.signature(function);
    builder.withMethodBody(
        layout.methodName(function),
        signature,
        ClassFile.ACC_STATIC,
        code -> {
          Emitters all = begin(code, space);
          int slot = 1;
          for (Var var : function.parameters()) {
            slot = parameter(all, all.frame(), var, slot);
          }
          all.statements().body(slot, body);
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
    return Emitters.of(frame);
  }

  /** A piece gets the arguments of its function; those that changed live in memory by then. */
  private void piece(CodeBuilder code, FunctionSpace space, Stmt.Outlined part) {
    Emitters all = begin(code, space);
    int slot = 1;
    for (Var var : space.function().parameters()) {
      if (space.variables().get(var) == null) {
        slot = parameter(all, all.frame(), var, slot);
      } else {
        slot += slots(var.type());
      }
    }
    all.statements().piece(slot, part);
  }

  private static int slots(Type type) {
    return switch (type) {
      case PointerType p -> 3;
      case VectorType v -> v.count() * (v.element().carrier() == Scalar.Carrier.LONG ? 2 : 1);
      default -> !type.isScalar() ? 3 : type.scalar().carrier() == Scalar.Carrier.LONG ? 2 : 1;
    };
  }

  /** True if the parameter must be copied to memory: its address is taken, or pieces change it. */
  private boolean moves(FunctionFrame frame, Var var) {
    return var.inMemory() || (frame.space().inPieces() && var.isAssigned());
  }

  /** Takes a parameter over; gives the slot after it. */
  private int parameter(Emitters all, FunctionFrame frame, Var var, int slot) {
    CodeBuilder code = frame.code;
    Type type = var.type();
    if (type instanceof PointerType && !moves(frame, var)) {
      frame.bind(var, new Storage.PointerLocal(slot, slot + 1));
      return slot + 3;
    }
    switch (type) {
      case PointerType p -> {
        PlaceEmitter.Target target = target(frame, var);
        var kind = all.places().push(target);
        code.aload(0);
        code.aload(slot);
        code.lload(slot + 1);
        code.invokevirtual(Jvm.CONTEXT, "encode", Jvm.method(Jvm.LONG, Jvm.BYTES, Jvm.LONG));
        all.places().store(Scalar.ULONG, kind);
      }
      case VectorType v -> {
        int size = v.element().carrier() == Scalar.Carrier.LONG ? 2 : 1;
        int[] slots = new int[v.count()];
        for (int i = 0; i < slots.length; i++) {
          slots[i] = slot + i * size;
        }
        if (moves(frame, var)) {
          all.places().writeVector(target(frame, var), v, slots);
        } else {
          frame.bind(var, new Storage.VectorLocal(slots));
        }
        return slot + v.count() * size;
      }
      default -> {
        if (type.isScalar()) {
          return scalarParameter(all, frame, var, slot);
        }
        PlaceEmitter.Target target = target(frame, var);
        all.places().push(target);
        code.i2l();
        code.aload(slot);
        code.lload(slot + 1);
        code.loadConstant((int) type.size());
        code.invokestatic(
            Jvm.MEMORY,
            "copy",
            Jvm.method(Jvm.VOID, Jvm.BYTES, Jvm.LONG, Jvm.BYTES, Jvm.LONG, Jvm.INT));
      }
    }
    return slot + 3;
  }

  private int scalarParameter(Emitters all, FunctionFrame frame, Var var, int slot) {
    Scalar scalar = var.type().scalar();
    if (moves(frame, var)) {
      var kind = all.places().push(target(frame, var));
      frame.code.loadLocal(Jvm.kind(scalar), slot);
      all.places().store(scalar, kind);
    } else {
      frame.bind(var, new Storage.Local(slot));
    }
    return slot + (scalar.carrier() == Scalar.Carrier.LONG ? 2 : 1);
  }

  private static PlaceEmitter.Target target(FunctionFrame frame, Var var) {
    Storage.Frame place = (Storage.Frame) frame.storage(var);
    return new PlaceEmitter.Target(frame.memorySlot, -1, place.offset());
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
                + (long) threadgroupArgument++ * THREADGROUP_ARGUMENT_BYTES);
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
