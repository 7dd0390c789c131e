package dev.axon64.machine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.machine.shortcut.Shortcuts;
import dev.axon64.machine.state.CpuState;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shortcut against the function of the spec, on numbers that are hard to get right. */
class ShortcutsTest {
  private static final int TRIES = Integer.getInteger("axon64.shortcuts", 200_000);
  private static final int INEXACT = 0x10;

  /** Values at which something changes. */
  private static final double[] SPECIAL = {
    0, 1, 2, 3, 0.5, 1.5, 2.5, 1e3, Double.POSITIVE_INFINITY, Double.NaN, 0x1p31, 0x1p32, 0x1p63
  };

  private final SplittableRandom random = new SplittableRandom(Long.getLong("axon64.seed", 7));

  static List<String> shortcuts() {
    return functions().stream().map(SharedFunction::name).toList();
  }

  private static List<SharedFunction> functions() {
    return InstructionSpec.a64().shared().stream()
        .filter(function -> function.shortcut().isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shortcuts")
  void givesWhatTheSpecGives(String name) throws ReflectiveOperationException {
    SharedFunction function =
        functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    Method either = method(SharedFunctions.class, name);
    Method full = method(SharedFunctions.class, name + "_in_full");
    Method shortcut = Shortcuts.class.getMethod(function.shortcut().get().name(), quick(full));
    CpuState expected = new CpuState();
    CpuState actual = new CpuState();
    int answers = 0;
    for (int i = 0; i < TRIES; i++) {
      int control = random.nextInt(16) == 0 ? random.nextInt() & 0x07c00000 : 0;
      int status = random.nextInt(2) * INEXACT | (random.nextInt(4) == 0 ? random.nextInt(128) : 0);
      expected.fpcr = actual.fpcr = control;
      expected.fpsr = actual.fpsr = status;
      List<Object> arguments = arguments(function.parameters());
      String what = name + arguments + ", FPCR %x, FPSR %x".formatted(control, status);
      Object result = full.invoke(null, with(arguments, expected));
      assertEquals(result, either.invoke(null, with(arguments, actual)), what);
      assertEquals(expected.fpsr, actual.fpsr, () -> what + ": FPSR");
      if (!isDeclined(shortcut.invoke(null, with(arguments, control, status)))) {
        answers++;
      }
    }
    assertTrue(answers > TRIES / 10, "the shortcut answers only " + answers + " times");
  }

  private static Method method(Class<?> type, String name) {
    Method found =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(name))
            .findFirst()
            .orElseThrow();
    found.setAccessible(true);
    return found;
  }

  /** The types of a shortcut's parameters: two registers instead of the state. */
  private static Class<?>[] quick(Method full) {
    List<Class<?>> types = new ArrayList<>(List.of(int.class, int.class));
    types.addAll(List.of(full.getParameterTypes()).subList(1, full.getParameterCount()));
    return types.toArray(Class<?>[]::new);
  }

  private static Object[] with(List<Object> arguments, Object... machine) {
    List<Object> all = new ArrayList<>(List.of(machine));
    all.addAll(arguments);
    return all.toArray();
  }

  private static boolean isDeclined(Object answer) {
    return answer.equals(Shortcuts.DECLINED_64) || answer.equals(Shortcuts.DECLINED_32);
  }

  // Arguments.

  private List<Object> arguments(List<Node.Local> parameters) {
    List<Object> arguments = new ArrayList<>();
    long before = random.nextLong();
    for (Node.Local parameter : parameters) {
      switch (parameter.width()) {
        case 1 -> arguments.add(random.nextBoolean());
        case 32 -> arguments.add((int) (before = number(32, before)));
        case 64 -> arguments.add(before = number(64, before));
        case 8 -> arguments.add(random.nextInt(4) == 0 ? random.nextInt(64) : 0);
        default -> arguments.add(random.nextInt(1 << parameter.width()));
      }
    }
    return arguments;
  }

  /** A number or another pattern, often near an earlier one. */
  private long number(int width, long before) {
    long sign = random.nextBoolean() ? 1L << width - 1 : 0;
    return switch (random.nextInt(8)) {
      case 0 -> before ^ sign;
      case 1 -> before + random.nextInt(-2, 3) ^ sign;
      case 2 -> pattern(width, SPECIAL[random.nextInt(SPECIAL.length)]) ^ sign;
      case 3 -> pattern(width, SPECIAL[random.nextInt(SPECIAL.length)]) + random.nextInt(-2, 3);
      case 4 -> pattern(width, random.nextInt(-5000, 5000) / 4.0);
      case 5 -> pattern(width, random.nextDouble(-1, 1) * Math.scalb(1, random.nextInt(-70, 70)));
      case 6 -> random.nextLong() >>> 64 - width >>> random.nextInt(width) | sign;
      default -> random.nextLong() >>> 64 - width;
    };
  }

  private static long pattern(int width, double value) {
    return width == Long.SIZE
        ? Double.doubleToRawLongBits(value)
        : Float.floatToRawIntBits((float) value) & 0xffff_ffffL;
  }
}
