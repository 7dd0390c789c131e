package dev.axon64.system.virtio;

import dev.axon64.system.net.Receiver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * A network interface (section 5.1): one queue for what the guest receives, one for what it sends.
 */
public final class NetDevice implements VirtioDevice, Receiver {
  private static final int RECEIVED = 0;
  private static final int SENT = 1;

  /** The guest leaves checksums of what it sends to us. */
  private static final long CHECKSUMS = 1;

  /** The guest takes what has no whole checksum. */
  private static final long GUEST_CHECKSUMS = 1 << 1;

  private static final long MAC = 1 << 5;
  private static final long GUEST_SEGMENTS = 1 << 7;

  /** The guest sends TCP segments that are longer than packets. */
  private static final long SEGMENTS = 1 << 11;

  private static final long STATUS = 1 << 16;

  private static final int HEADER = 12;
  private static final int MOST_FRAME = 1 << 17;
  private static final byte NEEDS_CHECKSUM = 1;
  private static final byte CHECKED = 2;
  private static final byte TCP4 = 1;
  private static final int TCP_START = 34;
  private static final int TCP_PAYLOAD = 54;
  private static final int TCP_CHECKSUM = 16;

  /** 44 segments that fill packets of 1500 bytes. */
  private static final int LONGEST = 44 * 1460;

  private final byte[] configuration;
  private Consumer<byte[]> network = frame -> {};
  private Deliveries deliveries;
  private long features;

  /**
   * @param mac its address, 6 bytes
   */
  public NetDevice(byte[] mac) {
    configuration = ByteBuffer.allocate(8).put(mac).put((byte) 1).array();
  }

  /** Tells it where frames go that the guest sends. */
  public void connect(Consumer<byte[]> to) {
    network = to;
  }

  @Override
  public void connect(Deliveries to) {
    deliveries = to;
  }

  @Override
  public int id() {
    return 1;
  }

  @Override
  public long features() {
    return CHECKSUMS | GUEST_CHECKSUMS | MAC | GUEST_SEGMENTS | SEGMENTS | STATUS;
  }

  @Override
  public void start(long accepted) {
    features = accepted;
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
  public int configuration(int offset) {
    return offset < configuration.length ? configuration[offset] : 0;
  }

  @Override
  public int serve(int queue, Request request) {
    long length = request.readable() - HEADER;
    if (queue == SENT && length > 0 && length <= MOST_FRAME) {
      byte[] frame = new byte[(int) length];
      request.read(HEADER, frame, frame.length);
      network.accept(frame);
    }
    return 0;
  }

  @Override
  public boolean receive(byte[] frame, int segment) {
    if (!deliveries.isRequested(RECEIVED)) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + frame.length).order(ByteOrder.LITTLE_ENDIAN);
    if (segment > 0) {
      bytes.put(0, NEEDS_CHECKSUM).put(1, TCP4).putShort(2, (short) TCP_PAYLOAD);
      bytes.putShort(4, (short) segment);
      bytes.putShort(6, (short) TCP_START).putShort(8, (short) TCP_CHECKSUM);
    } else if ((features & GUEST_CHECKSUMS) != 0) {
      bytes.put(0, CHECKED);
    }
    bytes.putShort(10, (short) 1).put(HEADER, frame);
    return deliveries.deliver(RECEIVED, bytes.array());
  }

  @Override
  public int longest() {
    return (features & GUEST_SEGMENTS) != 0 ? LONGEST : 0;
  }
}
