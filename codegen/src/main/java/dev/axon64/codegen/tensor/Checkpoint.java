package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.PickleValue.Storage;
import dev.axon64.codegen.tensor.PickleValue.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PyTorch checkpoint since version 1.6: a zip of {@code ROOT/data.pkl}, which describes the
 * tensors, and {@code ROOT/data/KEY}, which hold their values.
 */
final class Checkpoint {
  private static final int MOST_PICKLE = 4 << 20;

  /**
   * The number of values that views may repeat beyond those stored, so that small files stay small.
   */
  private static final int SPARE_ELEMENTS = 1 << 16;

  private final ZipArchive zip;
  private final String root;
  private final String where;
  private final Map<String, ByteBuffer> storages = new HashMap<>();
  private long elements;

  private Checkpoint(ZipArchive zip, String root, String where) {
    this.zip = zip;
    this.root = root;
    this.where = where;
  }

  /** Reads a file that is known to start like a zip. */
  static List<Tensor> read(byte[] bytes, String where) {
    ZipArchive zip = new ZipArchive(bytes, where);
    String pickle = onlyPickle(zip, where);
    String root = pickle.substring(0, pickle.length() - "data.pkl".length());
    return new Checkpoint(zip, root, where).tensors();
  }

  private static String onlyPickle(ZipArchive zip, String where) {
    List<String> pickles =
        zip.names().stream().filter(n -> n.matches("([^/]*/)?data\\.pkl")).toList();
    if (pickles.size() == 1) {
      return pickles.get(0);
    }
    boolean npz = zip.names().stream().anyMatch(n -> n.endsWith(".npy"));
    throw new InputException(
        where,
        npz
            ? "is a NumPy .npz archive, which is not read; unzip it and give the .npy inside"
            : "is a zip with "
                + pickles.size()
                + " data.pkl, so no PyTorch checkpoint; save one with"
                + " torch.save(model.state_dict(), FILE)");
  }

  private List<Tensor> tensors() {
    Optional<ByteBuffer> order = zip.read(root + "byteorder", 64);
    if (order.isPresent() && StandardCharsets.UTF_8.decode(order.get()).toString().equals("big")) {
      throw new InputException(
          where, "was written on a big-endian machine; save it again on a little-endian one");
    }
    PickleInput in = new PickleInput(zip.read(root + "data.pkl", MOST_PICKLE).orElseThrow(), where);
    List<Tensor> tensors = new ArrayList<>();
    StateDict.of(Unpickler.load(in), where)
        .forEach((name, view) -> tensors.add(tensor(name, view)));
    return List.copyOf(tensors);
  }

  private Tensor tensor(String name, View view) {
    Storage storage = view.storage();
    ElementType type = storage.type().elements;
    if (type == null) {
      throw new InputException(
          where,
          Shapes.subject(name)
              + " is a torch."
              + storage.type().simpleName
              + "; float, half, bfloat16 and double tensors are read, so convert it with .float()"
              + " or leave it out");
    }
    ByteBuffer bytes = storages.computeIfAbsent(storage.key(), key -> storage(name, key));
    if (bytes.remaining() != storage.count() * type.size
        || storage.count() > TensorFiles.MOST_BYTES) {
      throw new InputException(
          where,
          Shapes.subject(name)
              + " rests on "
              + storage.count()
              + " values of "
              + type.size
              + " bytes, but "
              + bytes.remaining()
              + " bytes are stored for it; save the checkpoint again");
    }
    if (!view.layout().liesWithin(storage.count())) {
      throw new InputException(
          where,
          Shapes.subject(name)
              + " of shape "
              + view.layout().shape()
              + " reaches outside the "
              + storage.count()
              + " values stored for it; save the checkpoint again");
    }
    budget(name, Shapes.count(view.layout().shape()));
    return view.layout().read(where, name, type, bytes);
  }

  private ByteBuffer storage(String name, String key) {
    return zip.read(root + "data/" + key, TensorFiles.MOST_BYTES)
        .orElseThrow(
            () ->
                new InputException(
                    where,
                    Shapes.subject(name)
                        + " rests on entry data/"
                        + Shapes.quoted(key)
                        + ", which is not there; save the checkpoint again"));
  }

  /**
   * Bounds the values of all views, since views may repeat values and a small file could describe
   * endless tensors.
   */
  private void budget(String name, long count) {
    elements += count;
    if (elements > Math.min(Shapes.MOST_ELEMENTS, SPARE_ELEMENTS + 2 * zip.unpacked())) {
      throw new InputException(
          where,
          Shapes.subject(name)
              + " brings the checkpoint to "
              + elements
              + " values, too many for what it stores; save contiguous copies of its tensors");
    }
  }
}
