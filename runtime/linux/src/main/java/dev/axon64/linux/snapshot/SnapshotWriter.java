package dev.axon64.linux.snapshot;

import dev.axon64.machine.memory.AddressSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Writes a snapshot file from its beginning to its end. */
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
    this.preamble = SnapshotLayout.preamble();
    out.write(preamble);
    at = preamble.length;
  }

  /** How many pages have been added. */
  int pages() {
    return pages;
  }

  /**
   * Adds a page.
   *
   * @param number its address in the guest divided by 4096, or -1 if it has none
   * @return its place among the pages
   */
  int add(long number, byte[] page) {
    deflater.reset();
    deflater.setInput(page);
    deflater.finish();
    int length = deflater.deflate(deflated);
    boolean shorter = length < page.length;
    int stored = shorter ? length : page.length;
    try {
      out.write(shorter ? deflated : page, 0, stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    at += stored;
    index.writeBytes(
        SnapshotLayout.buffer(SnapshotLayout.ENTRY)
            .putLong(number)
            .putShort((short) stored)
            .putInt(SnapshotLayout.checksum(page))
            .array());
    return pages++;
  }

  /** Writes what follows the pages: state, index and trailer. */
  void finish(byte[] state) throws IOException {
    byte[] packedState = packed(state);
    byte[] packedIndex = packed(index.toByteArray());
    ByteBuffer end = SnapshotLayout.buffer(SnapshotLayout.TRAILER);
    end.putLong(at).putInt(packedState.length).putInt(state.length);
    end.putInt(packedIndex.length).putInt(pages);
    end.putInt(SnapshotLayout.checksum(packedState, packedIndex));
    end.putInt(SnapshotLayout.lastChecksum(preamble, end.array()));
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
