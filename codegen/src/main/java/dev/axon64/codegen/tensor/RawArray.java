package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An array of numbers as a {@code .npy} file stores it: bytes that are not converted.
 *
 * @param descr NumPy's name of the element type, such as {@code <f4}
 * @param shape dimensions, none for a single number
 * @param data the elements in C order, little-endian
 */
public record RawArray(String descr, List<Long> shape, byte[] data) {
  private static final Pattern NUMBERS = Pattern.compile("[<|=][biuf?][1248]");

  /**
   * Reads the bytes of a {@code .npy} file.
   *
   * @param where what messages name, usually the file
   * @throws InputException if the file is damaged, or its elements are not little-endian numbers in
   *     C order
   */
  public static RawArray read(byte[] file, String where) {
    NpyFormat.Opened opened = NpyFormat.open(file, where);
    NpyHeader header = opened.header();
    if (header.fortranOrder()) {
      throw new InputException(where, "is in Fortran order; save it in C order");
    }
    String descr = header.descr();
    if (!NUMBERS.matcher(descr).matches()) {
      throw new InputException(
          where,
          "holds elements of type %s; only little-endian numbers are read"
              .formatted(Shapes.quoted(descr)));
    }
    long size = size(descr.charAt(descr.length() - 1) - '0', header.shape(), where);
    byte[] data = new byte[opened.values().remaining()];
    if (data.length != size) {
      throw new InputException(
          where,
          "its header promises %d bytes of elements but %d follow; save it again"
              .formatted(size, data.length));
    }
    opened.values().get(data);
    return new RawArray(descr, List.copyOf(header.shape()), data);
  }

  private static long size(int elementBytes, List<Long> shape, String where) {
    long size = elementBytes;
    for (long dimension : shape) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new InputException(
            where,
            "has a dimension of %d; from 0 to %d is read".formatted(dimension, Integer.MAX_VALUE));
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new InputException(where, "holds over 2 GiB of elements; split it");
      }
    }
    return size;
  }

  /** An array of one dimension, as long as {@code data} has elements. */
  public static RawArray row(String descr, int elementBytes, byte[] data) {
    return new RawArray(descr, List.of((long) data.length / elementBytes), data);
  }

  /** The bytes of a {@code .npy} file: version 1.0, as NumPy itself writes it. */
  public byte[] npy() {
    return NpyFormat.write(new NpyHeader(descr, false, shape), data);
  }
}
