package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * Reads and writes tensors. A file's format is told by its content, never by its name. All errors
 * that a file can cause are {@link InputException}s of one line.
 */
public final class TensorFiles {
  /** The most bytes of a file, packed or unpacked. */
  public static final long MOST_BYTES = 256L << 20;

  private static final String ACCEPTED = "; give a .npy, a PyTorch .pt or a .safetensors file";

  private TensorFiles() {}

  /**
   * Reads a {@code .npy}, {@code .pt}/{@code .pth} or {@code .safetensors} file.
   *
   * @return the tensors in the file's order; one named {@code ""} for a {@code .npy}
   * @throws InputException if the file cannot be read or used
   */
  public static List<Tensor> read(Path file) {
    return read(AtomicFiles.read(file, MOST_BYTES), file.toString());
  }

  /**
   * Reads the bytes of such a file.
   *
   * @param where what messages name, usually the file
   * @throws InputException if they cannot be used
   */
  public static List<Tensor> read(byte[] bytes, String where) {
    if (bytes.length > MOST_BYTES) {
      throw new InputException(
          where, bytes.length + " bytes are over the limit of " + MOST_BYTES + " here");
    }
    if (Signature.begins(bytes, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return List.of(NpyFormat.read(bytes, where));
    }
    if (Signature.begins(bytes, 'P', 'K', 3, 4) || Signature.begins(bytes, 'P', 'K', 5, 6)) {
      return Checkpoint.read(bytes, where);
    }
    if (bytes.length > 8 && bytes[8] == '{') {
      return SafetensorsFormat.read(bytes, where);
    }
    throw new InputException(where, unrecognised(bytes));
  }

  /**
   * Writes a {@code .npy} file: version 1.0, {@code <f4}, C order; the tensor's name is not in it.
   *
   * @throws InputException if a value is not finite or the file cannot be written
   */
  public static void writeNpy(Path file, Tensor tensor) {
    AtomicFiles.write(file, npy(tensor));
  }

  /** The bytes that {@link #writeNpy} writes: those that NumPy itself writes. */
  public static byte[] npy(Tensor tensor) {
    requireFinite(tensor);
    return NpyFormat.write(tensor);
  }

  /**
   * Writes a {@code .safetensors} file: F32, in the order given, header padded to 8 bytes.
   *
   * @param metadata goes into {@code __metadata__}; left out when empty
   * @throws InputException if a value is not finite, a name is taken twice or cannot be written, or
   *     the file cannot be written
   */
  public static void writeSafetensors(
      Path file, List<Tensor> tensors, SortedMap<String, String> metadata) {
    AtomicFiles.write(file, safetensors(tensors, metadata));
  }

  /** The bytes that {@link #writeSafetensors} writes. */
  public static byte[] safetensors(List<Tensor> tensors, SortedMap<String, String> metadata) {
    tensors.forEach(TensorFiles::requireFinite);
    return SafetensorsWriter.write(tensors, metadata);
  }

  /** Refuses to write values that reading would refuse. */
  private static void requireFinite(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      if (!Float.isFinite(tensor.at(i))) {
        throw new InputException(
            Shapes.subject(tensor.name()),
            "holds "
                + tensor.at(i)
                + " at "
                + Shapes.index(tensor.shape(), i)
                + "; only finite weights are written");
      }
    }
  }

  private static String unrecognised(byte[] bytes) {
    if (bytes.length == 0) {
      return "the file is empty" + ACCEPTED;
    }
    if (bytes.length > 1 && (bytes[0] & 0xff) == 0x80 && bytes[1] >= 0 && bytes[1] <= 5) {
      return "is a bare pickle (PyTorch's format before 1.6), which is not read; load it in PyTorch"
          + " and save it with torch.save(model.state_dict(), FILE)";
    }
    if (Signature.begins(bytes, 0x89, 'H', 'D', 'F')) {
      return "is an HDF5 file" + ACCEPTED;
    }
    return "is no tensor file known here" + ACCEPTED;
  }
}
