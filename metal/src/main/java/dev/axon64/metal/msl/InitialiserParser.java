package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Parses braced initialisers, inner braces left out included. */
final class InitialiserParser {
  private static final int MOST_PARTS = 1 << 20;

  private final Parsers all;
  private final TokenCursor cursor;

  /** The first value of an elided brace, already parsed. */
  private Expr pending;

  InitialiserParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** {@code = value}, {@code = {...}} or {@code {...}} for a variable of {@code type}. */
  Expr initialiser(Type type, String name) {
    if (cursor.sees("{")) {
      return brace(type);
    }
    return Checker.implicit(
        all.expressions.assignment(), type, "the initialiser of '" + name + "'");
  }

  Expr brace(Type type) {
    cursor.enter();
    Token open = cursor.expect("{", "before a braced initialiser");
    Pos pos = open.pos();
    Expr saved = pending;
    pending = null;
    Expr result;
    if (type instanceof ArrayType || type instanceof StructType) {
      result = aggregate(type, pos);
    } else if (cursor.sees("}")) {
      result = zero(type, pos);
    } else if (type instanceof VectorType vector) {
      List<Expr> parts = new ArrayList<>();
      do {
        if (cursor.sees("}")) {
          break;
        }
        parts.add(all.expressions.assignment());
      } while (cursor.take(","));
      result = fillVector(vector.unpacked(), parts, pos);
    } else {
      result = Checker.implicit(all.expressions.assignment(), type, "the braced value");
      cursor.take(",");
    }
    cursor.expect("}", "after a braced initialiser");
    pending = saved;
    cursor.leave();
    return result;
  }

  private static Expr fillVector(VectorType type, List<Expr> parts, Pos pos) {
    int count = 0;
    for (Expr part : parts) {
      count += Checker.count(part.type());
    }
    if (parts.size() == 1 && count == 1) {
      parts.add(new Expr.Const(type.element(), 0, pos));
      count++;
    }
    while (count++ < type.count()) {
      parts.add(new Expr.Const(type.element(), 0, pos));
    }
    return Constructors.vector(type, parts, pos);
  }

  private Expr aggregate(Type type, Pos pos) {
    List<Expr> parts = new ArrayList<>();
    int most = partCount(type);
    if (cursor.sees(".")) {
      designated((StructType) requireStruct(type, pos), parts);
    } else {
      while (!cursor.sees("}")) {
        if (parts.size() >= most) {
          throw cursor.error("%s takes %d values at most".formatted(type, most));
        }
        parts.add(fill(partType(type, parts.size())));
        limit(parts.size());
        if (!cursor.take(",")) {
          break;
        }
      }
    }
    return padded(type, parts, pos);
  }

  private static Type requireStruct(Type type, Pos pos) {
    if (!(type instanceof StructType)) {
      throw pos.error("only the members of structs can be initialised by .name =");
    }
    return type;
  }

  private void designated(StructType struct, List<Expr> parts) {
    while (cursor.sees(".")) {
      Pos pos = cursor.next().pos();
      String name = cursor.name("a member");
      StructType.Field field = struct.field(name);
      int index = field == null ? -1 : struct.fields().indexOf(field);
      if (index < parts.size()) {
        throw pos.error(
            "'%s' is not a member of '%s', or should come earlier".formatted(name, struct));
      }
      while (parts.size() < index) {
        parts.add(defaultPart(struct.fields().get(parts.size()), pos));
      }
      cursor.take("=");
      parts.add(fill(field.type()));
      if (!cursor.take(",")) {
        break;
      }
    }
  }

  private void limit(int count) {
    if (count > MOST_PARTS) {
      throw cursor.error(
          "over " + MOST_PARTS + " values in one initialiser; pass them in a buffer");
    }
  }

  static int partCount(Type type) {
    return switch (type) {
      case ArrayType array -> array.count() == 0 ? Integer.MAX_VALUE : array.count();
      case StructType struct -> struct.isUnion() ? 1 : struct.fields().size();
      default -> 1;
    };
  }

  private static Type partType(Type type, int index) {
    return type instanceof ArrayType array
        ? array.element()
        : ((StructType) type).fields().get(index).type();
  }

  /** One value of {@code type}: braced, whole, or spread over its parts. */
  private Expr fill(Type type) {
    if (pending == null && cursor.sees("{")) {
      return brace(type);
    }
    Expr value = pending != null ? pending : all.expressions.assignment();
    pending = null;
    boolean compound = type instanceof ArrayType || type instanceof StructType;
    if (!compound || value.type().equals(type)) {
      return Checker.implicit(value, type, "this initialiser");
    }
    if (partCount(type) == 0) {
      throw value.pos().error("'" + type + "' has no members to initialise");
    }
    pending = value;
    return spread(type, value.pos());
  }

  private Expr spread(Type type, Pos pos) {
    cursor.enter();
    List<Expr> parts = new ArrayList<>();
    int most = partCount(type);
    while (true) {
      parts.add(fill(partType(type, parts.size())));
      limit(parts.size());
      if (parts.size() >= most || !cursor.sees(",") || cursor.peek(1).is("}")) {
        break;
      }
      cursor.next();
    }
    cursor.leave();
    return padded(type, parts, pos);
  }

  private Expr padded(Type type, List<Expr> parts, Pos pos) {
    if (type instanceof ArrayType array && array.count() == 0) {
      if (parts.isEmpty()) {
        throw pos.error("an array without a size needs values");
      }
      return new Expr.Aggregate(
          new ArrayType(array.element(), parts.size()), List.copyOf(parts), pos);
    }
    if (type instanceof StructType struct && struct.hasInitialisers() && !struct.isUnion()) {
      while (parts.size() < struct.fields().size()) {
        parts.add(defaultPart(struct.fields().get(parts.size()), pos));
      }
    }
    return new Expr.Aggregate(type, List.copyOf(parts), pos);
  }

  private Expr defaultPart(StructType.Field field, Pos pos) {
    return field.initial() != null ? field.initial() : zero(field.type(), pos);
  }

  Expr zero(Type type, Pos pos) {
    return switch (type) {
      case VectorType v -> Checker.convert(new Expr.Const(v.element(), 0, pos), v.unpacked());
      case ArrayType a -> new Expr.Aggregate(a, List.of(), pos);
      case StructType s -> padded(s, new ArrayList<>(), pos);
      case AtomicType a -> throw pos.error("an atomic has no initialiser");
      case VoidType v -> throw pos.error("void has no value");
      default -> new Expr.Const(type, 0, pos);
    };
  }
}
