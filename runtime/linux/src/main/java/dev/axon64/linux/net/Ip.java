package dev.axon64.linux.net;

import java.nio.ByteBuffer;

/**
 * An address of the Internet in 16 bytes; one of version 4 as an address of version 6 has it.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record Ip(long high, long low) {
  private static final long MAPPED = 0xffff00000000L;

  /** Every address of version 4. */
  public static final Ip ANY4 = v4(0);

  /** Every address. */
  public static final Ip ANY6 = new Ip(0, 0);

  public static final Ip LOOPBACK4 = v4(0x7f000001);
  public static final Ip LOOPBACK6 = new Ip(0, 1);

  /** An address of version 4. */
  public static Ip v4(int address) {
    return new Ip(0, MAPPED | address & 0xffffffffL);
  }

  /** The address of 4 or 16 bytes. */
  public static Ip of(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    return bytes.length == 4 ? v4(b.getInt(0)) : new Ip(b.getLong(0), b.getLong(8));
  }

  /** Its 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  public boolean isV4() {
    return high == 0 && (low & 0xffffffff00000000L) == MAPPED;
  }

  /** The number of an address of version 4. */
  public int v4() {
    return (int) low;
  }

  public boolean isAny() {
    return equals(ANY4) || equals(ANY6);
  }

  /** Whether it is one of the machine's own. */
  public boolean isLoopback() {
    return isV4() ? v4() >>> 24 == 127 : equals(LOOPBACK6);
  }

  public boolean isMulticast() {
    return isV4() ? v4() >>> 28 == 0xe : high >>> 56 == 0xff;
  }
}
