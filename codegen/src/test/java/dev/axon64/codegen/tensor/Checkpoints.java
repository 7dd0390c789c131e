package dev.axon64.codegen.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds small checkpoints. */
final class Checkpoints {
  /** The values of storage 0. */
  static final float[] SIX = {1, 2, 3, 4, 5, 6};

  private Checkpoints() {}

  /** A checkpoint of a pickle and float32 storages with keys 0, 1, ... */
  static byte[] of(byte[] pickle, float[]... storages) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("net/data.pkl", pickle);
    entries.put("net/byteorder", new byte[] {'l', 'i', 't', 't', 'l', 'e'});
    for (int i = 0; i < storages.length; i++) {
      entries.put("net/data/" + i, floats(storages[i]));
    }
    return zip(entries, ZipEntry.STORED);
  }

  /** What torch.save(model.state_dict()) makes of the tensors. */
  static byte[] stateDict(List<Tensor> tensors) {
    PickleWriter pickle = new PickleWriter().orderedDict().op('(');
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      List<Long> strides = StridedView.rowMajor(tensor.shape()).strides();
      pickle.text(tensor.name());
      pickle.tensor("FloatStorage", "" + i, tensor.size(), 0, tensor.shape(), strides);
    }
    byte[] bytes = pickle.op('u').stop();
    return of(bytes, tensors.stream().map(Tensor::data).toArray(float[][]::new));
  }

  /** One tensor 'w', a view as described over float32 values. */
  static byte[] view(float[] stored, long offset, List<Long> size, List<Long> stride) {
    PickleWriter pickle = new PickleWriter().op('}').text("w");
    pickle.tensor("FloatStorage", "0", stored.length, offset, size, stride);
    return of(pickle.op('s').stop(), stored);
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static byte[] zip(Map<String, byte[]> entries, int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 sum = new CRC32();
        sum.update(content.getValue());
        entry.setMethod(method);
        entry.setSize(content.getValue().length);
        entry.setCrc(sum.getValue());
        // Any later than 1980: earlier times need an extra field, and tests count bytes.
        entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A checkpoint whose pickle is a dict that {@code items} fills; storage 0 holds six values. */
  static byte[] dict(UnaryOperator<PickleWriter> items) {
    return of(items.apply(new PickleWriter().op('}').op('(')).op('u').stop(), SIX);
  }

  /** The last value of storage 0 as a tensor. */
  static PickleWriter sixth(PickleWriter pickle) {
    return pickle.tensor("FloatStorage", "0", 6, 5, List.of(1), List.of(1));
  }
}
