package dev.axon64.system;

import dev.axon64.system.device.State;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads a snapshot. */
final class StateReader implements State {
  private static final int MOST_BYTES = 1 << 20;

  private final DataInputStream in;

  StateReader(DataInputStream in) {
    this.in = in;
  }

  @Override
  public boolean isRead() {
    return true;
  }

  @Override
  public long value(long now) throws IOException {
    return in.readLong();
  }

  @Override
  public int number(int now, int least, int most) throws IOException {
    int value = in.readInt();
    if (value < least || value > most) {
      throw new IOException("it has %d where %d to %d can be".formatted(value, least, most));
    }
    return value;
  }

  @Override
  public byte[] bytes(byte[] now) throws IOException {
    return in.readNBytes(number(0, 0, MOST_BYTES));
  }
}
