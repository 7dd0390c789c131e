package dev.axon64.machine.extend;

import dev.axon64.codegen.dispatch.InMemoryCompiler;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.state.CpuState;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The kernels of an extended model. Where a kernel that the build generated knows all its words, it
 * is used; the new kernel, and the one that its words were taken from, are generated, compiled and
 * loaded at run time.
 */
public final class ExtensionKernels {
  private static final String PACKAGE = "dev.axon64.machine.kernel.extension";

  private static final MethodType DECODE = MethodType.methodType(int.class, int.class, int.class);
  private static final MethodType EXECUTE =
      MethodType.methodType(
          long.class, int.class, int.class, CpuState.class, int.class, long.class);

  private final List<String> fresh;

  /** The number of each kernel among the fresh ones, or -1. */
  private final int[] freshNumber;

  private final MethodHandle decode;
  private final MethodHandle execute;

  private ExtensionKernels(
      List<String> fresh, int[] freshNumber, MethodHandle decode, MethodHandle execute) {
    this.fresh = fresh;
    this.freshNumber = freshNumber;
    this.decode = decode;
    this.execute = execute;
  }

  /**
   * Generates the kernels that the build has not.
   *
   * @param base the spec of the kernels that the build generated
   * @param spec the extended model's; its first kernels are the base's
   * @param set A64 and the new instructions
   */
  public static ExtensionKernels of(DispatchSpec base, DispatchSpec spec, InstructionSet set) {
    int shipped = Kernels.NAMES.size();
    if (spec.kernels().size() <= shipped
        || !spec.kernels().subList(0, shipped).equals(Kernels.NAMES)) {
      throw new InputException(
          "model " + spec.name(),
          "has the kernels %s, which do not extend %s".formatted(spec.kernels(), Kernels.NAMES));
    }
    KernelPlan before = KernelPlan.of(base, InstructionSpec.a64());
    KernelPlan after = KernelPlan.of(spec, set);
    List<KernelPlan.Kernel> fresh = new ArrayList<>();
    int[] freshNumber = new int[spec.kernels().size()];
    for (int k = 0; k < freshNumber.length; k++) {
      KernelPlan.Kernel kernel = after.kernels().get(k);
      boolean same = k < shipped && kernel.decoder().equals(before.kernels().get(k).decoder());
      freshNumber[k] = same ? -1 : fresh.size();
      if (!same) {
        fresh.add(kernel);
      }
    }
    Class<?> kernels = compile(new KernelPlan(spec.name(), List.copyOf(fresh), set));
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return new ExtensionKernels(
          fresh.stream().map(KernelPlan.Kernel::name).toList(),
          freshNumber,
          lookup.findStatic(kernels, "decode", DECODE),
          lookup.findStatic(kernels, "execute", EXECUTE));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("generated kernels have these methods", e);
    }
  }

  private static Class<?> compile(KernelPlan plan) {
    Map<String, byte[]> classes =
        InMemoryCompiler.compile(
            InstructionBackend.named("java").generate(new BackendInput(plan, PACKAGE)));
    return InMemoryCompiler.load(classes, PACKAGE + ".Kernels");
  }

  /** The kernels that were generated at run time. */
  public List<String> fresh() {
    return fresh;
  }

  /** Returns what a kernel says a word is; see {@link Kernels#decode}. */
  int decode(int kernel, int word) {
    int number = freshNumber[kernel];
    if (number < 0) {
      return Kernels.decode(kernel, word);
    }
    try {
      return (int) decode.invokeExact(number, word);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Lets a kernel execute what it has decoded, and returns the next address. */
  long execute(int kernel, int instruction, CpuState cpu, int word, long pc) {
    int number = freshNumber[kernel];
    if (number < 0) {
      return Kernels.execute(kernel, instruction, cpu, word, pc);
    }
    try {
      return (long) execute.invokeExact(number, instruction, cpu, word, pc);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Returns what a kernel has thrown; traps and memory faults are unchecked. */
  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException exception ? exception : new IllegalStateException(e);
  }
}
