package dev.axon64.linux.snapshot;

import dev.axon64.machine.memory.AddressSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Writes a snapshot file from front to end. */
final class SnapshotWriter implements AutoCloseable {
  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final byte[] deflated = new byte[2 * AddressSpace.PAGE];
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private final byte[] preamble;
  private long at;
  private int pages;

  SnapshotWriter(OutputStream out) throws IOException {
    this.out = out;
    this.preamble =
        Snapshot.buffer(Snapshot.PREAMBLE)
            .put(Snapshot.magic())
            .putInt(Snapshot.VERSION)
            .putInt(0)
            .array();
    out.write(preamble);
    at = preamble.length;
  }

  /** How many pages there are. */
  int pages() {
    return pages;
  }

  /**
   * Adds a page.
   *
   * @param number its address by 4096, or -1
   * @return its index
   */
  int add(long number, byte[] page) {
    deflater.reset();
    deflater.setInput(page);
    deflater.finish();
    int length = deflater.deflate(deflated);
    boolean shorter = length < page.length;
    try {
      out.write(shorter ? deflated : page, 0, shorter ? length : page.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int stored = shorter ? length : page.length;
    at += stored;
    index.writeBytes(
        ByteBuffer.allocate(Snapshot.ENTRY)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(number)
            .putShort((short) stored)
            .putInt(Snapshot.checksum(page))
            .array());
    return pages++;
  }

  /** Writes what follows the pages. */
  void finish(byte[] state) throws IOException {
    byte[] packedState = packed(state);
    byte[] packedIndex = packed(index.toByteArray());
    CRC32C check = new CRC32C();
    check.update(packedState);
    check.update(packedIndex);
    ByteBuffer end = Snapshot.buffer(Snapshot.TRAILER);
    end.putLong(at).putInt(packedState.length).putInt(state.length);
    end.putInt(packedIndex.length).putInt(pages).putInt((int) check.getValue());
    end.putInt(Snapshot.checksum(preamble, end.array(), end.position()));
    out.write(packedState);
    out.write(packedIndex);
    out.write(end.array());
  }

  private byte[] packed(byte[] bytes) {
    deflater.reset();
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!deflater.finished()) {
      all.write(deflated, 0, deflater.deflate(deflated));
    }
    return all.toByteArray();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
