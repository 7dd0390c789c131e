package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Hugging Face's {@code .safetensors}: 8 bytes of little-endian header length, a JSON object of
 * {@code name -> {dtype, shape, data_offsets}}, and a buffer that the tensors cover without gap or
 * overlap.
 */
final class SafetensorsFormat {
  static final String METADATA = "__metadata__";
  static final int LENGTH_FIELD = 8;
  static final int MOST_HEADER = 4 << 20;
  private static final String AGAIN = "; export the file again";

  private SafetensorsFormat() {}

  private record Entry(String name, ElementType type, List<Integer> shape, long begin, long end) {}

  /** Reads a file whose ninth byte is known to be a brace. The order is that of the data. */
  static List<Tensor> read(byte[] bytes, String where) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = file.getLong();
    if (length < 0 || length > file.remaining()) {
      throw new InputException(
          where,
          "its header should have "
              + Long.toUnsignedString(length)
              + " bytes but "
              + file.remaining()
              + " follow; the file is cut short or damaged, so export it again");
    }
    if (length > MOST_HEADER) {
      throw new InputException(
          where, "its header has " + length + " bytes; at most " + MOST_HEADER + " are read");
    }
    ByteBuffer header = file.slice(LENGTH_FIELD, (int) length);
    if (!(JsonReader.read(header, where) instanceof Json.Obj object)) {
      throw new InputException(where, "its header is no JSON object" + AGAIN);
    }
    List<Entry> entries = entries(object, where);
    ByteBuffer buffer = file.position(LENGTH_FIELD + (int) length).slice();
    checkCoverage(entries, buffer.remaining(), where);
    List<Tensor> tensors = new ArrayList<>();
    for (Entry entry : entries) {
      ByteBuffer values =
          buffer
              .slice((int) entry.begin, (int) (entry.end - entry.begin))
              .order(ByteOrder.LITTLE_ENDIAN);
      tensors.add(StridedView.rowMajor(entry.shape).read(where, entry.name, entry.type, values));
    }
    return List.copyOf(tensors);
  }

  private static List<Entry> entries(Json.Obj header, String where) {
    List<Entry> entries = new ArrayList<>();
    header
        .members()
        .forEach(
            (name, value) -> {
              if (name.equals(METADATA)) {
                checkMetadata(value, where);
              } else {
                entries.add(entry(name, value, where));
              }
            });
    if (entries.isEmpty()) {
      throw new InputException(where, "holds no tensor" + AGAIN);
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static void checkMetadata(Json value, String where) {
    if (!(value instanceof Json.Obj object)
        || !object.members().values().stream().allMatch(v -> v instanceof Json.Str)) {
      throw new InputException(where, "its " + METADATA + " must be an object of strings" + AGAIN);
    }
  }

  private static Entry entry(String name, Json value, String where) {
    if (!(value instanceof Json.Obj object)
        || !object.members().keySet().equals(Set.of("dtype", "shape", "data_offsets"))
        || !(object.members().get("dtype") instanceof Json.Str dtype)) {
      throw new InputException(
          where,
          Shapes.subject(name) + " must be described by dtype, shape and data_offsets" + AGAIN);
    }
    ElementType type = type(dtype.value(), name, where);
    List<Long> dimensions = integers(object.members().get("shape"), "shape", name, where);
    List<Integer> shape = Shapes.checked(where, name, dimensions);
    List<Long> offsets =
        integers(object.members().get("data_offsets"), "data_offsets", name, where);
    long needed = Shapes.count(shape) * type.size;
    // Both are under 10^18 in size, so the difference cannot overflow.
    if (offsets.size() != 2 || offsets.get(1) - offsets.get(0) != needed) {
      throw new InputException(
          where,
          Shapes.subject(name)
              + " of shape "
              + shape
              + " needs "
              + needed
              + " bytes but its data_offsets are "
              + offsets
              + AGAIN);
    }
    return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private static ElementType type(String dtype, String name, String where) {
    return switch (dtype) {
      case "F16" -> ElementType.F16;
      case "BF16" -> ElementType.BF16;
      case "F32" -> ElementType.F32;
      case "F64" -> ElementType.F64;
      default ->
          throw new InputException(
              where,
              Shapes.subject(name)
                  + " is of type "
                  + Shapes.quoted(dtype)
                  + "; F32, and F16, BF16 and F64 whose values are exactly float32, are read");
    };
  }

  private static List<Long> integers(Json value, String what, String name, String where) {
    if (value instanceof Json.Arr array
        && array.items().stream().allMatch(v -> v instanceof Json.Int)) {
      return array.items().stream().map(v -> ((Json.Int) v).value()).toList();
    }
    throw new InputException(
        where, Shapes.subject(name) + " has a " + what + " that is no list of integers" + AGAIN);
  }

  private static void checkCoverage(List<Entry> entries, long size, String where) {
    long reached = 0;
    for (Entry entry : entries) {
      if (entry.begin != reached) {
        throw new InputException(
            where,
            Shapes.subject(entry.name)
                + " begins at byte "
                + entry.begin
                + (entry.begin < reached ? ", inside another tensor" : ", after a gap")
                + "; it should begin at "
                + reached
                + AGAIN);
      }
      reached = entry.end;
    }
    if (reached != size) {
      throw new InputException(
          where,
          "its tensors end at byte "
              + reached
              + " but "
              + size
              + " bytes follow the header; "
              + (reached > size ? "the file is cut short, so export it again" : "remove the rest"));
    }
  }
}
