package dev.axon64.emulator;

import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A call of a guest's function with arguments where AAPCS64 wants them: integers and pointers in x0
 * to x7, floating point in v0 to v7, and what is left over on the stack, in order, in 8 bytes each.
 * sp must point behind memory that may be written; it is as before when the function has returned.
 */
public final class FunctionCall {
  /** Where functions return to. Nothing can be mapped there. */
  public static final long RETURN = AddressSpace.END - 4;

  private static final int IN_REGISTERS = 8;
  private static final int STACK_ALIGNMENT = 16;

  private final Emulator emulator;
  private final long function;
  private final ByteBuffer stack = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
  private int integers;
  private int reals;

  private FunctionCall(Emulator emulator, long function) {
    this.emulator = emulator;
    this.function = function;
  }

  /** Begins a call. */
  public static FunctionCall of(Emulator emulator, long function) {
    return new FunctionCall(emulator, function);
  }

  /** Adds arguments that are integers or pointers. */
  public FunctionCall with(long... arguments) {
    for (long argument : arguments) {
      if (integers < IN_REGISTERS) {
        emulator.x(integers++, argument);
      } else {
        stack.putLong(argument);
      }
    }
    return this;
  }

  /** Adds an argument of double precision. */
  public FunctionCall withDouble(double argument) {
    if (reals < IN_REGISTERS) {
      emulator.d(reals++, argument);
    } else {
      stack.putDouble(argument);
    }
    return this;
  }

  /** Adds an argument of single precision. */
  public FunctionCall withFloat(float argument) {
    if (reals < IN_REGISTERS) {
      emulator.s(reals++, argument);
    } else {
      stack.putInt(Float.floatToRawIntBits(argument)).putInt(0);
    }
    return this;
  }

  /**
   * Calls the function, and returns why the run ended: {@link Stop.Until} if the function returned.
   * The result is then in x0, or d0, or s0, of the emulator.
   *
   * @param limits of the run; its {@code until} is not used
   */
  public Stop run(Limits limits) {
    long sp = emulator.sp();
    if (stack.position() > 0) {
      byte[] arguments = new byte[stack.position() + STACK_ALIGNMENT - 1 & -STACK_ALIGNMENT];
      stack.flip().get(arguments, 0, stack.limit());
      emulator.sp(sp - arguments.length);
      emulator.write(emulator.sp(), arguments);
    }
    Stop stop = emulator.x(30, RETURN).pc(function).run(limits.until(RETURN));
    if (stop instanceof Stop.Until) {
      emulator.sp(sp);
    }
    return stop;
  }

  /**
   * Calls the function and returns x0.
   *
   * @throws IllegalStateException if it does not return
   */
  public long result(long budget) {
    Stop stop = run(Limits.instructions(budget));
    if (!(stop instanceof Stop.Until)) {
      throw new IllegalStateException(
          "the function at 0x%x did not return: %s at 0x%x"
              .formatted(function, stop, emulator.pc()));
    }
    return emulator.x(0);
  }
}
