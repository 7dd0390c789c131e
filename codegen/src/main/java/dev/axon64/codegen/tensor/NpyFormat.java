package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Signature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * NumPy's {@code .npy}, versions 1.0 to 3.0: magic, version, header length, a Python dict literal,
 * the values. See numpy.lib.format.
 */
final class NpyFormat {
  private static final int MAGIC_AND_VERSION = 8;
  private static final int ALIGNMENT = 64;

  /** The room that NumPy leaves so that the growing dimension can be rewritten in place. */
  private static final int GROWTH_DIGITS = 21;

  private static final int MOST_HEADER = 1 << 16;

  private NpyFormat() {}

  /** How the values are stored. */
  private record Stored(ElementType type, ByteOrder order) {
    static final String ACCEPTED =
        "accepted are '<f4', '>f4', and '<f8' and '<f2' whose values are exactly float32;"
            + " convert with array.astype('<f4')";

    static Stored of(String where, String descr) {
      if (NpyHeader.isOfColumns(descr)) {
        throw new InputException(
            where, "is a structured array, not a tensor; save each field as an array of its own");
      }
      return switch (descr) {
        case "<f4" -> new Stored(ElementType.F32, ByteOrder.LITTLE_ENDIAN);
        case ">f4" -> new Stored(ElementType.F32, ByteOrder.BIG_ENDIAN);
        case "<f8" -> new Stored(ElementType.F64, ByteOrder.LITTLE_ENDIAN);
        case "<f2" -> new Stored(ElementType.F16, ByteOrder.LITTLE_ENDIAN);
        case "|O", "O" ->
            throw new InputException(
                where, "holds pickled Python objects, which are never loaded; " + ACCEPTED);
        default ->
            throw new InputException(
                where, "values of type " + Shapes.quoted(descr) + " are not read; " + ACCEPTED);
      };
    }
  }

  /** A file's header, and the bytes after it. */
  record Opened(NpyHeader header, ByteBuffer values) {}

  /** Reads the header of a file. */
  static Opened open(byte[] bytes, String where) {
    if (!Signature.begins(bytes, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      throw new InputException(where, "does not begin as a .npy file does");
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int start = headerStart(file, where);
    long length = start == 10 ? file.getShort(8) & 0xffff : file.getInt(8) & 0xffffffffL;
    if (length > MOST_HEADER) {
      throw new InputException(
          where, "its header claims " + length + " bytes; at most " + MOST_HEADER + " are read");
    }
    if (length > bytes.length - start) {
      throw new InputException(
          where,
          "its header should have "
              + length
              + " bytes but the file ends after "
              + (bytes.length - start)
              + "; it is cut short, so save it again");
    }
    String text = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    ByteBuffer values = file.position(start + (int) length).slice();
    return new Opened(NpyHeader.parse(text, where), values);
  }

  /** Reads a file of floats. */
  static Tensor read(byte[] bytes, String where) {
    Opened opened = open(bytes, where);
    NpyHeader header = opened.header();
    Stored stored = Stored.of(where, header.descr());
    List<Integer> shape = Shapes.checked(where, "", header.shape());
    ByteBuffer values = opened.values().order(stored.order());
    checkLength(where, shape, stored.type().size, values.remaining());
    StridedView view =
        header.fortranOrder() ? StridedView.columnMajor(shape) : StridedView.rowMajor(shape);
    return view.read(where, "", stored.type(), values);
  }

  private static int headerStart(ByteBuffer file, String where) {
    int have = file.remaining();
    int major = have < MAGIC_AND_VERSION ? 0 : file.get(6);
    int minor = have < MAGIC_AND_VERSION ? 0 : file.get(7);
    int start = major == 1 ? 10 : 12;
    if (have >= MAGIC_AND_VERSION && (major < 1 || major > 3 || minor != 0)) {
      throw new InputException(
          where,
          "is .npy version "
              + (major & 0xff)
              + "."
              + (minor & 0xff)
              + "; versions 1.0, 2.0 and 3.0 are read");
    }
    if (have < start) {
      throw new InputException(
          where, "the file ends inside its .npy header; it is cut short, so save it again");
    }
    return start;
  }

  /** Checks that as many bytes are there as the elements of a shape take. */
  static void checkLength(String where, List<Integer> shape, int elementBytes, int present) {
    long count = Shapes.count(shape);
    long needed = count > Integer.MAX_VALUE ? Long.MAX_VALUE : count * elementBytes;
    if (present != needed) {
      throw new InputException(
          where,
          "shape "
              + shape
              + " needs "
              + needed
              + " bytes of values but "
              + present
              + " follow the header; "
              + (present < needed
                  ? "the file is cut short, so save it again"
                  : "remove what follows the values"));
    }
  }

  /** Writes a tensor in version 1.0, as {@code <f4} in C order, padded as NumPy does. */
  static byte[] write(Tensor tensor) {
    ByteBuffer values =
        ByteBuffer.allocate(Float.BYTES * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(tensor.data());
    List<Long> shape = tensor.shape().stream().map(Integer::longValue).toList();
    return write(new NpyHeader("<f4", false, shape), values.array());
  }

  /** Writes values in version 1.0, padded as NumPy does. */
  static byte[] write(NpyHeader header, byte[] values) {
    StringBuilder padded = new StringBuilder(header.literal());
    if (!header.shape().isEmpty()) {
      padded.append(" ".repeat(GROWTH_DIGITS - header.shape().get(0).toString().length()));
    }
    int unpadded = MAGIC_AND_VERSION + 2 + padded.length() + 1;
    padded.append(" ".repeat(ALIGNMENT - unpadded % ALIGNMENT)).append('\n');

    byte[] text = padded.toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(MAGIC_AND_VERSION + 2 + text.length + values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) text.length).put(text).put(values);
    return file.array();
  }
}
