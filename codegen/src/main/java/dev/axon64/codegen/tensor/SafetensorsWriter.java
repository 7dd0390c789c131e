package dev.axon64.codegen.tensor;

import static dev.axon64.codegen.tensor.SafetensorsFormat.LENGTH_FIELD;
import static dev.axon64.codegen.tensor.SafetensorsFormat.METADATA;
import static dev.axon64.codegen.tensor.SafetensorsFormat.MOST_HEADER;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Writes what {@link SafetensorsFormat} reads. */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** Writes all tensors as F32, in the order given. */
  static byte[] write(List<Tensor> tensors, SortedMap<String, String> metadata) {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append("\"").append(METADATA).append("\":{");
      String separator = "";
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.append(separator).append(quote(entry.getKey())).append(':');
        json.append(quote(entry.getValue()));
        separator = ",";
      }
      json.append("}");
    }
    long end = appendEntries(json, tensors);
    byte[] header = utf8(json.append('}'));
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (padded > MOST_HEADER || end > TensorFiles.MOST_BYTES - MOST_HEADER) {
      throw new InputException(
          "safetensors", "the tensors are over the limit of " + TensorFiles.MOST_BYTES + " bytes");
    }
    ByteBuffer file = ByteBuffer.allocate(LENGTH_FIELD + padded + (int) end);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(header);
    while (file.position() < LENGTH_FIELD + padded) {
      file.put((byte) ' ');
    }
    for (Tensor tensor : tensors) {
      file.asFloatBuffer().put(tensor.data());
      file.position(file.position() + 4 * tensor.size());
    }
    return file.array();
  }

  private static long appendEntries(StringBuilder json, List<Tensor> tensors) {
    Set<String> names = new HashSet<>(Set.of(METADATA));
    long at = 0;
    for (Tensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new InputException(
            Shapes.subject(tensor.name()), "its name is taken; give each tensor one of its own");
      }
      long end = at + 4L * tensor.size();
      json.append(json.length() == 1 ? "" : ",").append(quote(tensor.name()));
      json.append(":{\"dtype\":\"F32\",\"shape\":")
          .append(tensor.shape().toString().replace(" ", ""));
      json.append(",\"data_offsets\":[").append(at).append(',').append(end).append("]}");
      at = end;
    }
    return at;
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static byte[] utf8(CharSequence json) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (CharacterCodingException e) {
      throw new InputException(
          "safetensors", "a name or metadata holds half a surrogate pair; rename it");
    }
  }
}
