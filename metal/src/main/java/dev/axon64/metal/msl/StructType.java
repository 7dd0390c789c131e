package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A struct, laid out as C does. Filled member by member while it is parsed. */
public final class StructType implements Type {
  /**
   * A member.
   *
   * @param initial the default member initialiser, or null
   */
  public record Field(String name, Type type, long offset, boolean readOnly, Expr initial) {}

  private final String name;
  private final boolean union;
  private final List<Field> fields = new ArrayList<>();
  private final Map<String, Field> byName = new HashMap<>();
  private final Map<String, List<TokenSlice>> methods = new HashMap<>();
  private Scope scope;
  private long end;
  private int align = 1;
  private boolean complete;

  StructType(String name, boolean union) {
    this.name = name;
    this.union = union;
  }

  void add(String member, Type type, boolean readOnly, Expr initial) {
    long offset = union ? 0 : roundUp(end, type.align());
    Field field = new Field(member, type, offset, readOnly, initial);
    fields.add(field);
    byName.put(member, field);
    end = Math.max(end, offset + type.size());
    align = Math.max(align, type.align());
  }

  /** The names that member functions see. */
  Scope scope() {
    return scope;
  }

  void scope(Scope names) {
    scope = names;
  }

  void complete() {
    complete = true;
  }

  public boolean isComplete() {
    return complete;
  }

  public boolean isUnion() {
    return union;
  }

  public List<Field> fields() {
    return fields;
  }

  /** The member of that name, or null. */
  public Field field(String member) {
    return byName.get(member);
  }

  Map<String, List<TokenSlice>> methods() {
    return methods;
  }

  /** True if some member has a default initialiser, also within nested structs. */
  boolean hasInitialisers() {
    return fields.stream()
        .anyMatch(
            f ->
                f.initial() != null
                    || (f.type() instanceof StructType inner && inner.hasInitialisers()));
  }

  private static long roundUp(long value, long to) {
    return (value + to - 1) / to * to;
  }

  @Override
  public long size() {
    return Math.max(1, roundUp(end, align));
  }

  @Override
  public int align() {
    return align;
  }

  @Override
  public String toString() {
    return name;
  }
}
