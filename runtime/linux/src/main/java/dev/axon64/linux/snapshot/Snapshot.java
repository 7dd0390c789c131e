package dev.axon64.linux.snapshot;

import com.google.gson.Gson;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A snapshot file: the guest's state, and where each page is. The pages stay in the file. */
public final class Snapshot {
  static final int VERSION = 1;
  static final int PREAMBLE = 16;
  static final int TRAILER = 32;

  /** Bytes of a page's entry in the index. */
  static final int ENTRY = 14;

  private static final byte[] MAGIC = "AXON64SN".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of JSON; a guest may have some ten thousand mappings. */
  private static final int MOST_STATE = 1 << 26;

  private static final int MOST_PAGES = 1 << 24;

  private final Path file;
  private final long bytes;
  private final GuestImage image;
  private final long[] offsets;
  private final int[] checksums;

  /** By page; -1 for those without. */
  private final long[] all;

  /** Pages with a number, by number. */
  private final long[] numbers;

  private final int[] indices;

  private Snapshot(Path file, long bytes, GuestImage image, ByteBuffer index, long end) {
    this.file = file;
    this.bytes = bytes;
    this.image = image;
    int pages = index.remaining() / ENTRY;
    this.offsets = new long[pages + 1];
    this.checksums = new int[pages];
    this.all = new long[pages];
    offsets[0] = PREAMBLE;
    for (int i = 0; i < pages; i++) {
      all[i] = index.getLong();
      int length = index.getShort();
      if (length < 1 || length > AddressSpace.PAGE) {
        throw damaged(file, "a page has no such length");
      }
      offsets[i + 1] = offsets[i] + length;
      checksums[i] = index.getInt();
    }
    if (offsets[pages] != end) {
      throw damaged(file, "its pages do not fill the place they have");
    }
    this.indices = IntStream.range(0, pages).filter(i -> all[i] >= 0).toArray();
    this.numbers = IntStream.of(indices).mapToLong(i -> all[i]).toArray();
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i - 1] >= numbers[i]) {
        throw damaged(file, "its pages are in no order");
      }
    }
  }

  /**
   * Reads all but the pages.
   *
   * @throws InputException if it is no snapshot, or a damaged one
   */
  public static Snapshot open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file.toString(), "no such file; give a snapshot");
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return read(file, in);
    } catch (IOException e) {
      throw new InputException(
          file.toString(), "cannot be read (" + AtomicFiles.reason(e) + ")", e);
    }
  }

  private static Snapshot read(Path file, RandomAccessFile in) throws IOException {
    long length = in.length();
    byte[] preamble = new byte[(int) Math.min(PREAMBLE, length)];
    in.readFully(preamble);
    ByteBuffer begin = ByteBuffer.wrap(preamble).order(ByteOrder.LITTLE_ENDIAN);
    if (length < PREAMBLE
        || !ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(preamble, 0, MAGIC.length))) {
      throw new InputException(file.toString(), "is not a snapshot; give a file that holds one");
    }
    if (begin.getInt(MAGIC.length) != VERSION) {
      throw new InputException(
          file.toString(),
          "is a snapshot of version %d, which this Axon64 does not read; take it again"
              .formatted(begin.getInt(MAGIC.length)));
    }
    if (length < PREAMBLE + TRAILER) {
      throw damaged(file, "it ends too early");
    }
    byte[] end = new byte[TRAILER];
    in.seek(length - TRAILER);
    in.readFully(end);
    ByteBuffer trailer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    if (checksum(preamble, end, TRAILER - Integer.BYTES) != trailer.getInt(TRAILER - 4)) {
      throw damaged(file, "its end is not what was written, perhaps it was cut off");
    }
    long stateAt = trailer.getLong();
    int stateStored = trailer.getInt();
    int statePlain = trailer.getInt();
    int indexStored = trailer.getInt();
    int pages = trailer.getInt();
    if (stateAt < PREAMBLE
        || stateStored < 0
        || indexStored < 0
        || statePlain < 0
        || statePlain > MOST_STATE
        || pages < 0
        || pages > MOST_PAGES
        || (long) stateStored + indexStored > 2L * MOST_STATE
        || stateAt + stateStored + indexStored + TRAILER != length) {
      throw damaged(file, "its parts do not fit together");
    }
    byte[] stored = new byte[stateStored + indexStored];
    in.seek(stateAt);
    in.readFully(stored);
    if (checksum(stored) != trailer.getInt()) {
      throw damaged(file, "its state is not what was written");
    }
    byte[] state = unpacked(file, stored, 0, stateStored, statePlain);
    byte[] index = unpacked(file, stored, stateStored, indexStored, pages * ENTRY);
    return new Snapshot(
        file,
        length,
        image(file, state),
        ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN),
        stateAt);
  }

  private static byte[] unpacked(Path file, byte[] from, int at, int length, int plain) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(from, at, length);
      byte[] bytes = new byte[plain];
      int done = 0;
      while (done < plain) {
        int count = inflater.inflate(bytes, done, plain - done);
        if (count == 0) {
          throw damaged(file, "its state ends too early");
        }
        done += count;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw damaged(file, "its state cannot be unpacked");
    } finally {
      inflater.end();
    }
  }

  private static GuestImage image(Path file, byte[] json) {
    try {
      GuestImage image =
          new Gson().fromJson(new String(json, StandardCharsets.UTF_8), GuestImage.class);
      if (image != null) {
        return image;
      }
    } catch (RuntimeException e) { // Gson throws more than it says
      throw new InputException(file.toString(), "has a state that makes no sense", e);
    }
    throw damaged(file, "it has no state");
  }

  static InputException damaged(Path file, String how) {
    return new InputException(file.toString(), "is damaged: " + how + "; take the snapshot again");
  }

  static byte[] magic() {
    return MAGIC.clone();
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static int checksum(byte[] preamble, byte[] trailer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(preamble);
    crc.update(trailer, 0, length);
    return (int) crc.getValue();
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** Bytes of the file. */
  public long bytes() {
    return bytes;
  }

  /** The guest's state. */
  public GuestImage image() {
    return image;
  }

  /** How many pages it has. */
  public int pages() {
    return checksums.length;
  }

  /** The page with a number, or -1. */
  int index(long number) {
    int low = 0;
    int high = numbers.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (numbers[middle] < number) {
        low = middle + 1;
      } else if (numbers[middle] > number) {
        high = middle - 1;
      } else {
        return indices[middle];
      }
    }
    return -1;
  }

  /** A page's number, or -1. */
  long number(int index) {
    return all[index];
  }

  /** A page's place in the file. */
  long offset(int index) {
    return offsets[index];
  }

  /** Its bytes there. */
  int stored(int index) {
    return (int) (offsets[index + 1] - offsets[index]);
  }

  int checksum(int index) {
    return checksums[index];
  }

  /** Someone who reads pages, for one thread. */
  public PageReader reader() {
    return new PageReader(this);
  }
}
