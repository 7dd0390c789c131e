package dev.axon64.codegen.isa.compiled;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Lists that are read when they are used. They are thread-safe; two threads may read the same
 * element.
 */
final class Lazy {
  private Lazy() {}

  /** A list whose elements are read one by one. */
  static <T> List<T> elements(int size, IntFunction<T> read) {
    return new Elements<>(size, read);
  }

  /** A list that is read as a whole. */
  static <T> List<T> whole(Supplier<List<T>> read) {
    return new Whole<>(read);
  }

  private static final class Elements<T> extends AbstractList<T> implements RandomAccess {
    private final IntFunction<T> read;
    private final Object[] known;

    Elements(int size, IntFunction<T> read) {
      this.read = read;
      this.known = new Object[size];
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get(int index) {
      Object element = known[index];
      if (element == null) {
        element = read.apply(index);
        known[index] = element;
      }
      return (T) element;
    }

    @Override
    public int size() {
      return known.length;
    }
  }

  private static final class Whole<T> extends AbstractList<T> implements RandomAccess {
    private final Supplier<List<T>> read;
    private volatile List<T> known;

    Whole(Supplier<List<T>> read) {
      this.read = read;
    }

    private List<T> known() {
      List<T> list = known;
      if (list == null) {
        list = read.get();
        known = list;
      }
      return list;
    }

    @Override
    public T get(int index) {
      return known().get(index);
    }

    @Override
    public int size() {
      return known().size();
    }
  }
}
