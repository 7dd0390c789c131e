package dev.axon64.codegen.tensor;

/** A column of a {@link Table}: a name, and as many numbers of one type in each row. */
public sealed interface Column {
  /** The name, of letters, digits and underscores. */
  String name();

  /** The number of numbers in each row, at least 1. */
  int count();

  /** NumPy's name of the type. */
  String descr();

  /** The bytes of one number. */
  int size();

  /** The bytes that each row has of this column. */
  default int rowSize() {
    return Math.multiplyExact(size(), count());
  }

  private static void check(String name, int count) {
    if (!name.matches("\\w+") || count < 1) {
      throw new IllegalArgumentException("no column: '" + name + "' of " + count + " numbers");
    }
  }

  /**
   * Whole numbers of 32 bits.
   *
   * @param signed how other programs take them
   */
  record Ints(String name, int count, boolean signed) implements Column {
    public Ints {
      check(name, count);
    }

    /** One signed number in each row. */
    public static Ints signed(String name) {
      return new Ints(name, 1, true);
    }

    /** One set of 32 bits in each row. */
    public static Ints bits(String name) {
      return new Ints(name, 1, false);
    }

    @Override
    public String descr() {
      return signed ? "<i4" : "<u4";
    }

    @Override
    public int size() {
      return Integer.BYTES;
    }
  }

  /** Whole numbers of 64 bits, which other programs take as unsigned. */
  record Longs(String name, int count) implements Column {
    public Longs {
      check(name, count);
    }

    @Override
    public String descr() {
      return "<u8";
    }

    @Override
    public int size() {
      return Long.BYTES;
    }
  }

  /** Float32. */
  record Floats(String name, int count) implements Column {
    public Floats {
      check(name, count);
    }

    @Override
    public String descr() {
      return "<f4";
    }

    @Override
    public int size() {
      return Float.BYTES;
    }
  }
}
