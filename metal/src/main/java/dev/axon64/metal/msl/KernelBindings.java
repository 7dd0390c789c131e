package dev.axon64.metal.msl;

import java.util.List;
import java.util.Set;

/** What feeds each parameter of a kernel. */
final class KernelBindings {
  private static final Set<String> GRID =
      Set.of(
          "thread_position_in_grid",
          "threads_per_grid",
          "thread_position_in_threadgroup",
          "threadgroup_position_in_grid",
          "threads_per_threadgroup",
          "threadgroups_per_grid",
          "dispatch_threads_per_threadgroup",
          "grid_size",
          "grid_origin");
  private static final Set<String> LINEAR =
      Set.of(
          "thread_index_in_threadgroup",
          "thread_index_in_simdgroup",
          "simdgroup_index_in_threadgroup",
          "simdgroups_per_threadgroup",
          "threads_per_simdgroup",
          "thread_execution_width",
          "dispatch_simdgroups_per_threadgroup");
  private static final int MOST_INDEX = 30;

  private KernelBindings() {}

  /** An attribute with the number in its parentheses, or -1. */
  record Attribute(String name, long value, Pos pos) {}

  /** Reads {@code [[name(value)]]}; of several attributes the one that binds counts. */
  static Attribute attribute(Parsers all) {
    TokenCursor cursor = all.cursor;
    Attribute found = null;
    while (cursor.sees("[") && cursor.peek(1).is("[")) {
      cursor.at += 2;
      do {
        Pos pos = cursor.peek().pos();
        String name = cursor.name("an attribute");
        while (cursor.take("::")) {
          name = cursor.name("an attribute");
        }
        long value = -1;
        if (cursor.take("(")) {
          value = all.expressions.constant("the argument of an attribute");
          cursor.expect(")", "after the argument of an attribute");
        }
        if (found == null || !name.equals("maybe_unused")) {
          found = new Attribute(name, value, pos);
        }
      } while (cursor.take(","));
      cursor.expect("]", "after an attribute");
      cursor.expect("]", "after an attribute");
    }
    return found;
  }

  /** What feeds a parameter with this attribute; {@code before} are the parameters before it. */
  static KernelParameter bind(Var var, Attribute attribute, List<KernelParameter> before) {
    if (attribute == null || attribute.name().equals("maybe_unused")) {
      return unmarked(var, before);
    }
    return switch (attribute.name()) {
      case "buffer", "threadgroup" -> indexed(var, attribute, before);
      case "texture", "sampler" ->
          throw attribute.pos().error("textures and samplers are not supported; use a buffer");
      default -> position(var, attribute);
    };
  }

  private static KernelParameter indexed(
      Var var, Attribute attribute, List<KernelParameter> before) {
    String name = attribute.name();
    pointer(var, name);
    long index = attribute.value();
    if (index < 0 || index > MOST_INDEX) {
      throw attribute.pos().error("[[%s(n)]] needs n between 0 and %d".formatted(name, MOST_INDEX));
    }
    return add(new KernelParameter(var, name, (int) index), before);
  }

  /** A parameter that says where the thread is or how large the grid is. */
  private static KernelParameter position(Var var, Attribute attribute) {
    String name = attribute.name();
    if (!GRID.contains(name) && !LINEAR.contains(name)) {
      throw attribute
          .pos()
          .error(
              "[[%s]] is not supported; buffer, threadgroup, %s and %s are"
                  .formatted(
                      name, GRID.stream().sorted().toList(), LINEAR.stream().sorted().toList()));
    }
    Type type = var.type();
    boolean scalar = type instanceof Scalar s && s.isInteger() && s != Scalar.BOOL;
    boolean vector = type instanceof VectorType v && v.element().isInteger() && GRID.contains(name);
    if (!scalar && !vector) {
      throw var.pos()
          .error(
              "[[%s]] cannot be %s; use uint%s"
                  .formatted(name, type, GRID.contains(name) ? ", uint2 or uint3" : ""));
    }
    return new KernelParameter(var, name, -1);
  }

  private static void pointer(Var var, String attribute) {
    if (!(var.type() instanceof PointerType pointer)) {
      throw var.pos()
          .error("a parameter with [[%s]] must be a pointer or a reference".formatted(attribute));
    }
    boolean shared = attribute.equals("threadgroup");
    if (shared != (pointer.space() == Space.THREADGROUP)
        || (!shared && pointer.space() == Space.THREAD)) {
      throw var.pos()
          .error("[[%s]] does not go with %s memory".formatted(attribute, pointer.space()));
    }
    if (pointer.to() instanceof PointerType) {
      throw var.pos().error("buffers of pointers are not supported");
    }
  }

  /** Without an attribute, buffers are numbered as Metal does: the lowest index that is free. */
  private static KernelParameter unmarked(Var var, List<KernelParameter> before) {
    if (!(var.type() instanceof PointerType pointer) || pointer.space() == Space.THREAD) {
      throw var.pos()
          .error(
              "the kernel parameter '"
                  + var.name()
                  + "' needs an attribute such as [[buffer(0)]] or [[thread_position_in_grid]]");
    }
    String kind = pointer.space() == Space.THREADGROUP ? "threadgroup" : "buffer";
    pointer(var, kind);
    int index = 0;
    while (taken(kind, index, before)) {
      index++;
    }
    return add(new KernelParameter(var, kind, index), before);
  }

  private static boolean taken(String kind, int index, List<KernelParameter> before) {
    return before.stream().anyMatch(p -> p.attribute().equals(kind) && p.index() == index);
  }

  private static KernelParameter add(KernelParameter parameter, List<KernelParameter> before) {
    if (taken(parameter.attribute(), parameter.index(), before)) {
      throw parameter
          .var()
          .pos()
          .error(
              "two parameters have [[%s(%d)]]".formatted(parameter.attribute(), parameter.index()));
    }
    return parameter;
  }
}
