package dev.axon64.propose.accelerate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.machine.memory.AddressSpace;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Compiles what a loop does to data into one JVM method. */
final class LoopCode {
  private static final ClassDesc LONGS = CD_long.arrayType();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_int, LoopPages.MEMORY, LONGS, LONGS, CD_int);

  private LoopCode() {}

  /**
   * Compiles.
   *
   * @return {@code int run(AddressSpace memory, long[] values, long[] steps, int n)}: does up to n
   *     iterations, the first with the given values of slots and of all that never changes; returns
   *     how many it did, fewer before an exit or a fault; leaves in the values what slots held at
   *     the beginning of the last iteration, and what that one loaded
   * @throws Refusal if it is too much
   */
  static MethodHandle of(Loop loop) {
    LoopPlan plan = new LoopPlan(loop);
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    ClassDesc name = ClassDesc.of(LoopCode.class.getPackageName() + ".CompiledLoop");
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                type ->
                    type.withMethodBody(
                        "run",
                        RUN,
                        ClassFile.ACC_STATIC,
                        code -> new LoopMethod(plan, code).print()));
    try {
      MethodHandles.Lookup compiled = lookup.defineHiddenClass(bytes, true);
      return compiled.findStatic(
          compiled.lookupClass(),
          "run",
          MethodType.methodType(
              int.class, AddressSpace.class, long[].class, long[].class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled loop has a method run", e);
    }
  }
}
