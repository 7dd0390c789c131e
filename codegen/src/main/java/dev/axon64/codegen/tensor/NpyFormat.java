package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * NumPy's {@code .npy}, versions 1.0 to 3.0: magic, version, header length, a Python dict literal,
 * the values. See numpy.lib.format.
 */
final class NpyFormat {
  static final int[] MAGIC = {0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int MAGIC_AND_VERSION = 8;
  private static final int ALIGNMENT = 64;

  /** Room NumPy leaves so that the growing dimension can be rewritten in place. */
  private static final int GROWTH_DIGITS = 21;

  private static final int MOST_HEADER = 1 << 16;

  private NpyFormat() {}

  /** How the values are stored. */
  private record Stored(ElementType type, ByteOrder order) {
    static final String ACCEPTED =
        "accepted are '<f4', '>f4', and '<f8' and '<f2' whose values are exactly float32;"
            + " convert with array.astype('<f4')";

    static Stored of(String where, NpyHeader.Descr descr) {
      return switch (descr) {
        case NpyHeader.Descr.Plain plain -> of(where, plain.type());
        case NpyHeader.Descr.Structured rows ->
            throw new InputException(
                where,
                "is a structured array, which is no tensor; save each field as an array of its"
                    + " own");
      };
    }

    private static Stored of(String where, String descr) {
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

  /**
   * A file taken apart.
   *
   * @param values all that follows the header
   */
  record Content(NpyHeader header, ByteBuffer values, String where) {
    /**
     * The shape, checked.
     *
     * @param size bytes of one value
     * @throws InputException if it does not fit the values
     */
    List<Integer> shape(int size) {
      List<Integer> shape = Shapes.checked(where, "", header.shape());
      checkLength(where, shape, size, values.remaining());
      return shape;
    }
  }

  /** Reads a file that is known to start with {@link #MAGIC}. */
  static Tensor read(byte[] bytes, String where) {
    Content content = open(bytes, where);
    Stored stored = Stored.of(where, content.header.descr());
    List<Integer> shape = content.shape(stored.type().size);
    StridedView view =
        content.header.fortranOrder()
            ? StridedView.columnMajor(shape)
            : StridedView.rowMajor(shape);
    return view.read(where, "", stored.type(), content.values.order(stored.order()));
  }

  /** Takes a file apart that is known to start with {@link #MAGIC}. */
  static Content open(byte[] bytes, String where) {
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
    NpyHeader header = NpyHeader.parse(text, where);
    return new Content(header, file.position(start + (int) length).slice(), where);
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

  private static void checkLength(String where, List<Integer> shape, int size, int present) {
    long needed = Shapes.count(shape) * size;
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

  /** Version 1.0, {@code <f4}, C order, padded as NumPy pads. */
  static byte[] write(Tensor tensor) {
    int size = Math.multiplyExact(Float.BYTES, tensor.size());
    ByteBuffer file = begin(new NpyHeader.Descr.Plain("<f4"), tensor.shape(), size);
    file.asFloatBuffer().put(tensor.data());
    return file.array();
  }

  /** Version 1.0, a structured array of one dimension. */
  static byte[] write(Table table) {
    ByteBuffer values = table.bytes();
    List<Integer> shape = List.of(table.rows());
    return begin(NpyHeader.Descr.of(table.columns()), shape, values.remaining())
        .put(values)
        .array();
  }

  /** A file whose header is written and whose values are not; little-endian. */
  private static ByteBuffer begin(NpyHeader.Descr descr, List<Integer> shape, int size) {
    StringBuilder header = new StringBuilder("{'descr': " + descr.text());
    header.append(", 'fortran_order': False, 'shape': ").append(NpyHeader.tuple(shape));
    header.append(", }");
    if (!shape.isEmpty()) {
      header.append(" ".repeat(GROWTH_DIGITS - shape.get(0).toString().length()));
    }
    int unpadded = MAGIC_AND_VERSION + 2 + header.length() + 1;
    header.append(" ".repeat(ALIGNMENT - unpadded % ALIGNMENT)).append('\n');

    byte[] text = header.toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(MAGIC_AND_VERSION + 2 + text.length + size)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int part : MAGIC) {
      file.put((byte) part);
    }
    return file.put((byte) 1).put((byte) 0).putShort((short) text.length).put(text);
  }
}
