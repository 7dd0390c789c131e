package dev.axon64.metal.jit;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.ShaderUnit;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compiles one kernel with all it calls to one hidden class. */
public final class KernelCompiler {
  /** The bytes that each threadgroup argument gets: the most that a GPU offers. */
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

  private final Limits limits;
  private final Layout layout;
  private final Function kernel;
  private final List<Function> order;
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
   * Builds the class, or gives null if a class file cannot hold it. The first attempt notes which
   * functions are to be cut into pieces: by the size that they came to, or else by estimate.
   */
  private byte[] build(boolean first) {
    KernelClass members = new KernelClass(kernel, order, layout, inPieces, limits.pieceBytes());
    try {
      byte[] bytes = ClassFile.of().build(layout.owner(), members::build);
      threadBytes = members.threadBytes();
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
}
