package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A training's whole state in a file, so that a resumed training gives the bytes of one that was
 * never stopped. The file holds a line of text that says what is trained, the state, and the
 * SHA-256 of both; big-endian.
 */
public final class Checkpoints {
  private static final String MAGIC = "axon64 checkpoint 1";
  private static final int DIGEST = 64;
  private static final long MOST_BYTES = 64L << 20;

  private Checkpoints() {}

  /**
   * Writes the state.
   *
   * @param identity what is trained: spec, architecture, seed; compared on reading
   */
  public static void save(Path file, String identity, Training training) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(MAGIC);
      out.writeUTF(identity);
      switch (training) {
        case EmbeddingTraining embedding -> StateFormat.write(out, embedding.state());
        case DenseTraining dense -> write(out, dense);
      }
      out.flush();
      out.write(Digests.sha256(bytes.toByteArray()).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFiles.write(file, bytes.toByteArray());
  }

  /**
   * An embedding training at the state of the file.
   *
   * @param mostEpochs as for a fresh training
   * @throws InputException if the file is damaged, no checkpoint, or of another training
   */
  public static EmbeddingTraining resume(
      Path file,
      String identity,
      DispatchSpec spec,
      DataSet data,
      DecisionDomain domain,
      long seed,
      int mostEpochs) {
    return resume(
        file, identity, s -> new EmbeddingTraining(spec, data, domain, seed, mostEpochs, s));
  }

  private static EmbeddingTraining resume(
      Path file, String identity, Function<TrainState, EmbeddingTraining> go) {
    return read(file, identity, in -> go.apply(StateFormat.read(in)));
  }

  /** Brings a fresh dense training to the state of the file; errors as above. */
  public static void resume(Path file, String identity, DenseTraining training) {
    read(
        file,
        identity,
        in -> {
          StateFormat.readFloats(in, training.net().weights);
          StateFormat.readAdam(in, training.adam());
          training.resume(in.readLong(), StateFormat.readHistory(in));
          return training;
        });
  }

  private static void write(DataOutputStream out, DenseTraining training) throws IOException {
    StateFormat.writeFloats(out, training.net().weights);
    StateFormat.writeAdam(out, training.adam());
    out.writeLong(training.random().state());
    StateFormat.writeHistory(out, training.history());
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> T read(Path file, String identity, Reader<T> reader) {
    byte[] bytes = AtomicFiles.read(file, MOST_BYTES);
    String where = file.toString();
    int length = bytes.length - DIGEST;
    if (length < 0) {
      throw new InputException(where, "is no checkpoint; name a file that training wrote as one");
    }
    String digest = new String(bytes, length, DIGEST, StandardCharsets.US_ASCII);
    if (!Digests.sha256(Arrays.copyOf(bytes, length)).equals(digest)) {
      throw new InputException(
          where, "is no checkpoint, or a damaged one: its checksum differs; train from scratch");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
      if (!in.readUTF().equals(MAGIC)) {
        throw new InputException(where, "is a checkpoint of another version; train from scratch");
      }
      String found = in.readUTF();
      if (!found.equals(identity)) {
        throw new InputException(
            where, "belongs to '" + found + "', not to '" + identity + "'; resume that training");
      }
      return reader.read(in);
    } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new InputException(where, "holds no state of this training; train from scratch", e);
    }
  }
}
