package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.train.TrainState.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * A training's whole state in a file, so that a resumed training gives the bytes of one that was
 * never stopped. Layout: a line of text that says what is trained, the state, and the SHA-256 of
 * both; big-endian.
 */
public final class Checkpoints {
  private static final String MAGIC = "axon64 checkpoint 1";
  private static final int DIGEST = 64;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_UNITS = 4096;

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
        case EmbeddingTraining embedding -> writeState(out, embedding.state());
        case DenseTraining dense -> writeDense(out, dense);
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
    return read(file, identity, in -> go.apply(readState(in)));
  }

  /** Brings a fresh dense training to the state of the file; errors as above. */
  public static void resume(Path file, String identity, DenseTraining training) {
    read(
        file,
        identity,
        in -> {
          readFloats(in, training.net().weights);
          readAdam(in, training.adam());
          training.resume(in.readLong(), readHistory(in));
          return training;
        });
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

  private static void writeState(DataOutputStream out, TrainState state) throws IOException {
    out.writeInt(state.stage.ordinal());
    out.writeInt(state.width);
    out.writeInt(state.attempt);
    out.writeInt(state.stageEpoch);
    out.writeInt(state.epoch);
    out.writeInt(state.roundingGroup);
    out.writeInt(state.roundingLevel);
    out.writeInt(state.removal);
    out.writeFloat(state.penalty);
    out.writeFloat(state.margin);
    out.writeFloat(state.backupMargin);
    out.writeLong(state.random);
    writeNet(out, state.net);
    writeAdam(out, state.adam);
    out.writeBoolean(state.backup != null);
    if (state.backup != null) {
      writeNet(out, state.backup);
    }
    long[] kept = state.kept.toLongArray();
    out.writeInt(kept.length);
    for (long word : kept) {
      out.writeLong(word);
    }
    writeHistory(out, state.history);
  }

  private static TrainState readState(DataInputStream in) throws IOException {
    TrainState state = new TrainState();
    state.stage = Stage.values()[in.readInt()];
    state.width = in.readInt();
    state.attempt = in.readInt();
    state.stageEpoch = in.readInt();
    state.epoch = in.readInt();
    state.roundingGroup = in.readInt();
    state.roundingLevel = in.readInt();
    state.removal = in.readInt();
    state.penalty = in.readFloat();
    state.margin = in.readFloat();
    state.backupMargin = in.readFloat();
    state.random = in.readLong();
    state.net = readNet(in);
    state.adam = TrainState.freshAdam(state.net);
    readAdam(in, state.adam);
    state.backup = in.readBoolean() ? readNet(in) : null;
    long[] kept = new long[bounded(in.readInt())];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = in.readLong();
    }
    state.kept = BitSet.valueOf(kept);
    state.history.addAll(readHistory(in));
    return state;
  }

  private static void writeNet(DataOutputStream out, CompactNet net) throws IOException {
    for (int size : new int[] {net.rows, net.features, net.kernels, net.first, net.second}) {
      out.writeInt(size);
    }
    writeFloats(out, net.weights);
    for (boolean live : net.live) {
      out.writeBoolean(live);
    }
    for (boolean rounded : net.rounded) {
      out.writeBoolean(rounded);
    }
  }

  private static CompactNet readNet(DataInputStream in) throws IOException {
    int[] sizes = new int[5];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = bounded(in.readInt());
    }
    CompactNet net = new CompactNet(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
    readFloats(in, net.weights);
    for (int i = 0; i < net.live.length; i++) {
      net.live[i] = in.readBoolean();
    }
    for (int i = 0; i < net.rounded.length; i++) {
      net.rounded[i] = in.readBoolean();
    }
    return net;
  }

  private static void writeAdam(DataOutputStream out, Adam adam) throws IOException {
    writeFloats(out, adam.first);
    writeFloats(out, adam.second);
    out.writeDouble(adam.firstPower);
    out.writeDouble(adam.secondPower);
  }

  private static void readAdam(DataInputStream in, Adam adam) throws IOException {
    readFloats(in, adam.first);
    readFloats(in, adam.second);
    adam.firstPower = in.readDouble();
    adam.secondPower = in.readDouble();
  }

  private static void writeDense(DataOutputStream out, DenseTraining training) throws IOException {
    writeFloats(out, training.net().weights);
    writeAdam(out, training.adam());
    out.writeLong(training.random().state());
    writeHistory(out, training.history());
  }

  private static void writeHistory(DataOutputStream out, List<EpochRecord> history)
      throws IOException {
    out.writeInt(history.size());
    for (EpochRecord record : history) {
      out.writeInt(record.epoch());
      out.writeUTF(record.stage());
      out.writeDouble(record.loss());
      out.writeDouble(record.accuracy());
      out.writeInt(record.units());
      out.writeInt(record.terms());
    }
  }

  private static List<EpochRecord> readHistory(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<EpochRecord> history = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      history.add(
          new EpochRecord(
              in.readInt(),
              in.readUTF(),
              in.readDouble(),
              in.readDouble(),
              in.readInt(),
              in.readInt()));
    }
    return history;
  }

  private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static void readFloats(DataInputStream in, float[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
  }

  /** Sizes from a file are checked before anything is allocated for them. */
  private static int bounded(int size) throws IOException {
    if (size < 0 || size > MOST_UNITS) {
      throw new IOException("a size of " + size);
    }
    return size;
  }
}
