package dev.axon64.weights.train;

import dev.axon64.weights.train.TrainState.Stage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** How the parts of a training's state are written in a checkpoint; big-endian. */
final class StateFormat {
  private static final int MOST_UNITS = 4096;

  private StateFormat() {}

  static void write(DataOutputStream out, TrainState state) throws IOException {
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

  static TrainState read(DataInputStream in) throws IOException {
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

  static void writeAdam(DataOutputStream out, Adam adam) throws IOException {
    writeFloats(out, adam.first);
    writeFloats(out, adam.second);
    out.writeDouble(adam.firstPower);
    out.writeDouble(adam.secondPower);
  }

  static void readAdam(DataInputStream in, Adam adam) throws IOException {
    readFloats(in, adam.first);
    readFloats(in, adam.second);
    adam.firstPower = in.readDouble();
    adam.secondPower = in.readDouble();
  }

  static void writeHistory(DataOutputStream out, List<EpochRecord> history) throws IOException {
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

  static List<EpochRecord> readHistory(DataInputStream in) throws IOException {
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

  static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  static void readFloats(DataInputStream in, float[] values) throws IOException {
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
