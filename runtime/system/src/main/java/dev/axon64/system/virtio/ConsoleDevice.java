package dev.axon64.system.virtio;

import dev.axon64.system.device.SerialInput;
import java.util.function.IntConsumer;

/** A console of one port (section 5.3), which the guest calls {@code hvc0}. */
public final class ConsoleDevice implements VirtioDevice, SerialInput {
  private static final int RECEIVED = 0;
  private static final int PIECE = 1 << 12;

  private final IntConsumer output;
  private final byte[] piece = new byte[PIECE];
  private Deliveries deliveries;

  /**
   * @param output takes each byte that the guest sends
   */
  public ConsoleDevice(IntConsumer output) {
    this.output = output;
  }

  @Override
  public void connect(Deliveries to) {
    deliveries = to;
  }

  @Override
  public int id() {
    return 3;
  }

  @Override
  public int queues() {
    return 2;
  }

  @Override
  public boolean holds(int queue) {
    return queue == RECEIVED;
  }

  @Override
  public int serve(int queue, Request request) {
    long length = request.readable();
    for (long done = 0; done < length; done += PIECE) {
      int part = (int) Math.min(PIECE, length - done);
      request.read(done, piece, part);
      for (int i = 0; i < part; i++) {
        output.accept(piece[i] & 0xff);
      }
    }
    return 0;
  }

  @Override
  public boolean listens() {
    return deliveries.isRequested(RECEIVED);
  }

  @Override
  public int room() {
    return listens() ? 1 : 0;
  }

  @Override
  public void receive(int value) {
    deliveries.deliver(RECEIVED, new byte[] {(byte) value});
  }
}
