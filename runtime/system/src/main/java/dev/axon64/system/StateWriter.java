package dev.axon64.system;

import dev.axon64.system.device.State;
import java.io.DataOutputStream;
import java.io.IOException;

/** Writes a snapshot. */
final class StateWriter implements State {
  private final DataOutputStream out;

  StateWriter(DataOutputStream out) {
    this.out = out;
  }

  @Override
  public boolean isRead() {
    return false;
  }

  @Override
  public long value(long now) throws IOException {
    out.writeLong(now);
    return now;
  }

  @Override
  public int number(int now, int least, int most) throws IOException {
    out.writeInt(now);
    return now;
  }

  @Override
  public byte[] bytes(byte[] now) throws IOException {
    out.writeInt(now.length);
    out.write(now);
    return now;
  }
}
