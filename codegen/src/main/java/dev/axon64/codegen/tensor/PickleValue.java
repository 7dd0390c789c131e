package dev.axon64.codegen.tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can come out of a checkpoint's pickle. There is no other kind of object, so there
 * is nothing that loading could run.
 */
sealed interface PickleValue {

  /**
   * An immutable value, which may be a key of a dict. Values that a file can contain in large
   * numbers are ordered, because a hash table sorts keys that collide, and a file may have
   * thousands of those.
   */
  sealed interface Scalar extends PickleValue {}

  enum None implements Scalar {
    NONE
  }

  record Bool(boolean value) implements Scalar {}

  record Int(BigInteger value) implements Scalar, Comparable<Int> {
    Int(long value) {
      this(BigInteger.valueOf(value));
    }

    boolean isLong() {
      return value.bitLength() < Long.SIZE;
    }

    @Override
    public int compareTo(Int other) {
      return value.compareTo(other.value);
    }
  }

  record Real(double value) implements Scalar, Comparable<Real> {
    @Override
    public int compareTo(Real other) {
      return Double.compare(value, other.value);
    }
  }

  record Text(String value) implements Scalar, Comparable<Text> {
    @Override
    public int compareTo(Text other) {
      return value.compareTo(other.value);
    }
  }

  record Tuple(List<PickleValue> items) implements PickleValue {}

  /** A growing list; may contain itself, so it is compared by identity. */
  final class ListValue implements PickleValue {
    final List<PickleValue> items = new ArrayList<>();
  }

  /** A growing dict or OrderedDict; may contain itself, so it is compared by identity. */
  final class Dict implements PickleValue {
    final Map<Scalar, PickleValue> items = new LinkedHashMap<>();
  }

  /**
   * Values in an entry {@code data/KEY} of the archive.
   *
   * @param count how many the pickle says there are
   */
  record Storage(Global type, String key, long count) implements PickleValue {}

  /** A tensor, not yet read. */
  record View(Storage storage, StridedView layout) implements PickleValue {}

  /** The names a checkpoint may mention. No other name is ever looked up. */
  enum Global implements PickleValue {
    ORDERED_DICT("collections", "OrderedDict", null),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2", null),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter", null),
    FLOAT("torch", "FloatStorage", ElementType.F32),
    HALF("torch", "HalfStorage", ElementType.F16),
    BFLOAT16("torch", "BFloat16Storage", ElementType.BF16),
    DOUBLE("torch", "DoubleStorage", ElementType.F64),
    // Known so that the message can name the tensor; their values are never read.
    LONG("torch", "LongStorage", null),
    INT("torch", "IntStorage", null),
    SHORT("torch", "ShortStorage", null),
    CHAR("torch", "CharStorage", null),
    BYTE("torch", "ByteStorage", null),
    BOOL("torch", "BoolStorage", null);

    final String module;
    final String simpleName;

    /** How a storage of this class keeps its values; null where they are not read. */
    final ElementType elements;

    Global(String module, String simpleName, ElementType elements) {
      this.module = module;
      this.simpleName = simpleName;
      this.elements = elements;
    }

    boolean isStorage() {
      return simpleName.endsWith("Storage");
    }

    /** The global of that name; empty if a checkpoint may not mention it. */
    static Optional<Global> named(String module, String name) {
      return Arrays.stream(values())
          .filter(global -> global.module.equals(module) && global.simpleName.equals(name))
          .findFirst();
    }
  }
}
