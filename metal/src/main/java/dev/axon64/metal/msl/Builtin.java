package dev.axon64.metal.msl;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A library function.
 *
 * @param method the method of the run-time support that computes one component
 */
public record Builtin(String name, String method, Shape shape, int arity) {
  /** What a function takes and gives. */
  public enum Shape {
    /** Floats of one type, component by component. */
    FLOAT,
    /** One float to a bool, component by component. */
    PREDICATE,
    /** Numbers of one type, component by component. */
    NUMBER,
    /** Integers of one type, component by component. */
    INTEGER,
    /** {@code select(a, b, c)}: b where c is true, else a. */
    SELECT,
    ANY,
    ALL,
    DOT,
    LENGTH,
    LENGTH_SQUARED,
    DISTANCE,
    NORMALIZE,
    CROSS,
    LDEXP,
    DIVIDE,
    BARRIER,
    SIMD_BARRIER,
    FENCE,
    ATOMIC_LOAD,
    ATOMIC_STORE,
    ATOMIC_UPDATE,
    ATOMIC_COMPARE_EXCHANGE,
    SIMD
  }

  private static final Map<String, Builtin> ALL = new HashMap<>();
  private static final Set<String> WITH_WIDTH =
      Set.of(
          "popcount",
          "clz",
          "ctz",
          "reverse_bits",
          "rotate",
          "mulhi",
          "addsat",
          "subsat",
          "extract_bits",
          "insert_bits");
  private static final Set<String> WITH_UNSIGNED_FORM =
      Set.of(
          "min",
          "max",
          "clamp",
          "abs",
          "mulhi",
          "absdiff",
          "hadd",
          "rhadd",
          "addsat",
          "subsat",
          "extract_bits",
          "min3",
          "max3",
          "median3");

  static {
    floats(1, "sqrt rsqrt exp exp2 exp10 log log2 log10 sin cos tan asin acos atan sinh cosh tanh");
    floats(1, "asinh acosh atanh floor ceil trunc round rint fract sign saturate");
    floats(1, "sinpi cospi tanpi");
    floats(2, "pow fmod atan2 copysign fdim step nextafter");
    floats(3, "fma mix smoothstep");
    alias("fabs", "abs", Shape.FLOAT, 1);
    alias("powr", "pow", Shape.FLOAT, 2);
    alias("fmin", "min", Shape.FLOAT, 2);
    alias("fmax", "max", Shape.FLOAT, 2);
    alias("fmin3", "min3", Shape.FLOAT, 3);
    alias("fmax3", "max3", Shape.FLOAT, 3);
    all(Shape.PREDICATE, 1, "isnan isinf isfinite isnormal signbit");
    all(Shape.NUMBER, 1, "abs");
    all(Shape.NUMBER, 2, "min max");
    all(Shape.NUMBER, 3, "clamp mad min3 max3 median3");
    all(Shape.INTEGER, 1, "popcount clz ctz reverse_bits");
    all(Shape.INTEGER, 2, "mulhi mul24 rotate absdiff hadd rhadd addsat subsat");
    all(Shape.INTEGER, 3, "extract_bits");
    alias("mad24", "mad", Shape.INTEGER, 3);
    all(Shape.INTEGER, 4, "insert_bits");
    all(Shape.SELECT, 3, "select");
    all(Shape.ANY, 1, "any");
    all(Shape.ALL, 1, "all");
    all(Shape.DOT, 2, "dot");
    all(Shape.LENGTH, 1, "length");
    all(Shape.LENGTH_SQUARED, 1, "length_squared");
    all(Shape.DISTANCE, 2, "distance");
    all(Shape.NORMALIZE, 1, "normalize");
    all(Shape.CROSS, 2, "cross");
    all(Shape.LDEXP, 2, "ldexp");
    all(Shape.DIVIDE, 2, "divide");
    all(Shape.BARRIER, -1, "threadgroup_barrier");
    all(Shape.SIMD_BARRIER, -1, "simdgroup_barrier");
    all(Shape.FENCE, -1, "atomic_thread_fence");
    all(Shape.ATOMIC_LOAD, -1, "atomic_load atomic_load_explicit");
    all(Shape.ATOMIC_STORE, -1, "atomic_store atomic_store_explicit");
    for (String op : "add sub and or xor min max".split(" ")) {
      atomicUpdate("atomic_fetch_" + op, op);
    }
    atomicUpdate("atomic_exchange", "exchange");
    all(
        Shape.ATOMIC_COMPARE_EXCHANGE,
        -1,
        "atomic_compare_exchange_weak_explicit atomic_compare_exchange_weak");
  }

  private static void floats(int arity, String names) {
    all(Shape.FLOAT, arity, names);
  }

  private static void all(Shape shape, int arity, String names) {
    for (String name : names.split(" ")) {
      alias(name, name, shape, arity);
    }
  }

  private static void alias(String name, String method, Shape shape, int arity) {
    ALL.put(name, new Builtin(name, method, shape, arity));
  }

  private static void atomicUpdate(String name, String method) {
    alias(name, method, Shape.ATOMIC_UPDATE, -1);
    alias(name + "_explicit", method, Shape.ATOMIC_UPDATE, -1);
  }

  /** The function of that name, or null. */
  static Builtin named(String name) {
    return ALL.get(name);
  }

  /** True if the method for narrow and 32-bit integers takes the width as its last argument. */
  public boolean takesWidth() {
    return WITH_WIDTH.contains(method);
  }

  /** True if unsigned integers have a method of their own, named with a trailing U. */
  public boolean hasUnsignedForm() {
    return WITH_UNSIGNED_FORM.contains(method);
  }

  @Override
  public String toString() {
    return name.toLowerCase(Locale.ROOT);
  }
}
