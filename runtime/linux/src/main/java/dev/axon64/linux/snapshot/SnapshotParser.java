package dev.axon64.linux.snapshot;

import com.google.gson.Gson;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads all of a snapshot file but its pages, and trusts nothing that it reads. */
final class SnapshotParser {
  /** Bytes of JSON; a guest may have some ten thousand mappings. */
  private static final int MOST_STATE = 1 << 26;

  private static final int MOST_PAGES = 1 << 24;

  private final Path file;
  private final RandomAccessFile in;
  private final long length;

  private SnapshotParser(Path file, RandomAccessFile in) throws IOException {
    this.file = file;
    this.in = in;
    this.length = in.length();
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is not a snapshot, or a damaged one
   */
  static Snapshot parse(Path file, RandomAccessFile in) throws IOException {
    return new SnapshotParser(file, in).parse();
  }

  /** What the trailer says of the parts in front of it. */
  private record Parts(
      long stateAt, int stateStored, int statePlain, int indexStored, int pages, int checksum) {
    Parts(ByteBuffer trailer) {
      this(
          trailer.getLong(),
          trailer.getInt(),
          trailer.getInt(),
          trailer.getInt(),
          trailer.getInt(),
          trailer.getInt());
    }

    boolean fit(long length) {
      return stateAt >= SnapshotLayout.PREAMBLE
          && stateStored >= 0
          && indexStored >= 0
          && statePlain >= 0
          && statePlain <= MOST_STATE
          && pages >= 0
          && pages <= MOST_PAGES
          && (long) stateStored + indexStored <= 2L * MOST_STATE
          && stateAt + stateStored + indexStored + SnapshotLayout.TRAILER == length;
    }
  }

  private Snapshot parse() throws IOException {
    Parts parts = parts(preamble());
    byte[] stored = read(parts.stateAt, parts.stateStored + parts.indexStored);
    if (SnapshotLayout.checksum(stored) != parts.checksum) {
      throw Snapshot.damaged(file, "its state is not what was written");
    }
    byte[] state = unpacked(stored, 0, parts.stateStored, parts.statePlain);
    byte[] index =
        unpacked(stored, parts.stateStored, parts.indexStored, parts.pages * SnapshotLayout.ENTRY);
    return new Snapshot(
        file,
        length,
        image(state),
        new PageIndex(file, SnapshotLayout.buffer(index), parts.stateAt));
  }

  private byte[] preamble() throws IOException {
    byte[] preamble = read(0, (int) Math.min(SnapshotLayout.PREAMBLE, length));
    if (!SnapshotLayout.hasMagic(preamble)) {
      throw new InputException(file.toString(), "is not a snapshot; give a file that holds one");
    }
    int version = SnapshotLayout.version(preamble);
    if (version != SnapshotLayout.VERSION) {
      throw new InputException(
          file.toString(),
          "is a snapshot of version %d, which this Axon64 does not read; take it again"
              .formatted(version));
    }
    return preamble;
  }

  private Parts parts(byte[] preamble) throws IOException {
    if (length < SnapshotLayout.PREAMBLE + SnapshotLayout.TRAILER) {
      throw Snapshot.damaged(file, "it ends too early");
    }
    byte[] end = read(length - SnapshotLayout.TRAILER, SnapshotLayout.TRAILER);
    ByteBuffer trailer = SnapshotLayout.buffer(end);
    int checksum = trailer.getInt(SnapshotLayout.TRAILER - Integer.BYTES);
    if (SnapshotLayout.lastChecksum(preamble, end) != checksum) {
      throw Snapshot.damaged(file, "its end is not what was written, perhaps it was cut off");
    }
    Parts parts = new Parts(trailer);
    if (!parts.fit(length)) {
      throw Snapshot.damaged(file, "its parts do not fit together");
    }
    return parts;
  }

  private byte[] read(long at, int count) throws IOException {
    byte[] bytes = new byte[count];
    in.seek(at);
    in.readFully(bytes);
    return bytes;
  }

  private byte[] unpacked(byte[] from, int at, int stored, int plain) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(from, at, stored);
      byte[] bytes = new byte[plain];
      int done = 0;
      while (done < plain) {
        int count = inflater.inflate(bytes, done, plain - done);
        if (count == 0) {
          throw Snapshot.damaged(file, "its state ends too early");
        }
        done += count;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw Snapshot.damaged(file, "its state cannot be unpacked");
    } finally {
      inflater.end();
    }
  }

  private GuestImage image(byte[] json) {
    try {
      GuestImage image =
          new Gson().fromJson(new String(json, StandardCharsets.UTF_8), GuestImage.class);
      if (image != null) {
        return image;
      }
    } catch (RuntimeException e) { // Gson throws more than it documents
      throw new InputException(file.toString(), "has a state that makes no sense", e);
    }
    throw Snapshot.damaged(file, "it has no state");
  }
}
