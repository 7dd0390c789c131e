package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MissingPage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads pages of a snapshot, for one thread. Interrupting that thread does no harm. */
public final class PageReader implements AutoCloseable {
  private final Snapshot snapshot;
  private final RandomAccessFile in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] stored = new byte[AddressSpace.PAGE];

  PageReader(Snapshot snapshot) {
    this.snapshot = snapshot;
    try {
      this.in = new RandomAccessFile(snapshot.file().toFile(), "r");
    } catch (IOException e) {
      throw new InputException(
          snapshot.file().toString(), "cannot be read (" + AtomicFiles.reason(e) + ")", e);
    }
  }

  /**
   * The contents of a page.
   *
   * @throws MissingPage if they are not what was written
   */
  public byte[] read(int index) {
    int length = snapshot.index().stored(index);
    byte[] page = new byte[AddressSpace.PAGE];
    try {
      in.seek(snapshot.index().offset(index));
      if (length == page.length) {
        in.readFully(page);
      } else {
        in.readFully(stored, 0, length);
        inflate(index, length, page);
      }
    } catch (IOException e) {
      throw new MissingPage(
          snapshot.file().toString(), "cannot be read (" + AtomicFiles.reason(e) + ")", e);
    }
    if (SnapshotLayout.checksum(page) != snapshot.index().checksum(index)) {
      throw damaged(index);
    }
    return page;
  }

  private void inflate(int index, int length, byte[] page) {
    inflater.reset();
    inflater.setInput(stored, 0, length);
    try {
      if (inflater.inflate(page) < page.length) {
        throw damaged(index);
      }
    } catch (DataFormatException e) {
      throw damaged(index);
    }
  }

  private MissingPage damaged(int index) {
    return new MissingPage(
        snapshot.file().toString(),
        "is damaged: page %d is not what was written; take the snapshot again".formatted(index));
  }

  @Override
  public void close() {
    inflater.end();
    try {
      in.close();
    } catch (IOException e) {
      return; // it was only read
    }
  }
}
