package dev.axon64.codegen.tensor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles opcode by opcode, good ones and bad ones. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    op(0x80).op(2);
  }

  PickleWriter op(int opcode) {
    out.write(opcode);
    return this;
  }

  PickleWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Writes a little-endian number of {@code size} bytes. */
  PickleWriter number(long value, int size) {
    for (int i = 0; i < size; i++) {
      out.write((int) (value >> 8 * i));
    }
    return this;
  }

  PickleWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return op('X').number(bytes.length, 4).raw(bytes);
  }

  /** The shortest opcode for the value, as Python chooses. */
  PickleWriter integer(long value) {
    if (value >= 0 && value < 256) {
      return op('K').number(value, 1);
    }
    if (value >= 0 && value < 65536) {
      return op('M').number(value, 2);
    }
    return value == (int) value ? op('J').number(value, 4) : op(0x8a).op(8).number(value, 8);
  }

  PickleWriter real(double value) {
    return op('G').number(Long.reverseBytes(Double.doubleToRawLongBits(value)), 8);
  }

  PickleWriter global(String module, String name) {
    return op('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PickleWriter integers(List<? extends Number> values) {
    op('(');
    values.forEach(v -> integer(v.longValue()));
    return op('t');
  }

  PickleWriter orderedDict() {
    return global("collections", "OrderedDict").op(')').op('R');
  }

  PickleWriter storage(String type, String key, long count) {
    op('(').text("storage").global("torch", type).text(key).text("cpu").integer(count).op('t');
    return op('Q');
  }

  PickleWriter tensor(
      String type,
      String key,
      long count,
      long offset,
      List<? extends Number> size,
      List<? extends Number> stride) {
    global("torch._utils", "_rebuild_tensor_v2").op('(').storage(type, key, count);
    integer(offset).integers(size).integers(stride);
    return op(0x89).orderedDict().op('t').op('R');
  }

  /** The bytes, with a STOP. */
  byte[] stop() {
    op('.');
    return out.toByteArray();
  }
}
