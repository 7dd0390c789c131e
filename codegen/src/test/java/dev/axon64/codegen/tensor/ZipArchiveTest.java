package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {
  private static final byte[] HELLO = "hello, hello, hello".getBytes(StandardCharsets.UTF_8);

  private static byte[] sample(int method) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("first", HELLO);
    entries.put("other", new byte[3]);
    return Checkpoints.zip(entries, method);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the first directory entry begins, as the trailer has it. */
  private static int directory(byte[] zip) {
    return little(zip).getInt(zip.length - 6);
  }

  private static byte[] read(byte[] zip, String name) {
    ByteBuffer bytes = new ZipArchive(zip, "given.file").read(name, 1000).orElseThrow();
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }

  private static void refused(byte[] zip, String complaint) {
    Refusal.check(
        assertThrows(InputException.class, () -> read(zip, "first")),
        "given.file: ",
        complaint,
        "is a damaged zip");
  }

  @Test
  void readsStoredAndDeflatedEntries() {
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      assertArrayEquals(HELLO, read(sample(method), "first"));
      assertArrayEquals(new byte[3], read(sample(method), "other"));
      ZipArchive zip = new ZipArchive(sample(method), "given.file");
      assertEquals(List.of("first", "other"), new ArrayList<>(zip.names()));
      assertEquals(Optional.empty(), zip.read("missing", 1000));
      assertEquals(0, zip.unpacked());
    }
  }

  @Test
  void readsArchivesWithComments() {
    byte[] zip = sample(ZipEntry.STORED);
    byte[] longer = Arrays.copyOf(zip, zip.length + 5);
    little(longer).putShort(zip.length - 2, (short) 5);
    assertArrayEquals(HELLO, read(longer, "first"));
  }

  /** The same archive with every field that zip64 can replace saturated. */
  private static byte[] widened() {
    byte[] zip = sample(ZipEntry.STORED);
    int at = directory(zip);
    ByteBuffer old = little(zip);
    ByteBuffer wide = little(new byte[zip.length + 28 + 56 + 20]);
    int nameEnd = at + 46 + 5;
    wide.put(zip, 0, nameEnd);
    wide.putShort((short) 1).putShort((short) 24);
    wide.putLong(HELLO.length).putLong(HELLO.length).putLong(old.getInt(at + 42));
    wide.put(zip, nameEnd, zip.length - 22 - nameEnd);
    wide.putShort(at + 30, (short) 28);
    for (int field : new int[] {20, 24, 42}) {
      wide.putInt(at + field, -1);
    }
    int trailer64 = wide.position();
    wide.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    wide.putInt(0).putInt(0).putLong(2).putLong(2).putLong(trailer64 - at).putLong(at);
    wide.putInt(0x07064b50).putInt(0).putLong(trailer64).putInt(1);
    wide.put(zip, zip.length - 22, 22);
    int trailer = wide.limit() - 22;
    wide.putShort(trailer + 10, (short) -1).putInt(trailer + 12, -1).putInt(trailer + 16, -1);
    return wide.array();
  }

  @Test
  void readsSixtyFourBitArchives() {
    assertArrayEquals(HELLO, read(widened(), "first"));
    byte[] zip = widened();
    little(zip).putInt(zip.length - 42, 0);
    refused(zip, "64-bit directory is missing");
    zip = widened();
    little(zip).putLong(zip.length - 42 + 8, Long.MAX_VALUE);
    refused(zip, "64-bit directory is missing");
    zip = widened();
    little(zip).putShort(little(zip).getInt(zip.length - 42 - 8) + 46 + 5 + 2, (short) 8);
    refused(zip, "lacks its 64-bit size");
    zip = widened();
    little(zip).putLong(little(zip).getInt(zip.length - 42 - 8) + 46 + 5 + 4 + 16, -2);
    refused(zip, "not where the directory says");
  }

  @Test
  void refusesArchivesCutShortOrWithMoreBehind() {
    byte[] zip = sample(ZipEntry.STORED);
    for (int length = 0; length < zip.length; length++) {
      refused(Arrays.copyOf(zip, length), "cut short, or has bytes after its end");
    }
    refused(Arrays.copyOf(zip, zip.length + 1), "cut short, or has bytes after its end");
  }

  @Test
  void refusesDamagedDirectories() {
    int end = sample(ZipEntry.STORED).length;
    refused(with(4, end - 6, -1 >>> 1), "directory lies outside the file");
    refused(with(4, end - 10, -1 >>> 1), "directory lies outside the file");
    refused(with(2, end - 12, 500), "directory cannot have 500 entries");
    refused(with(2, end - 12, 1), "bytes that belong to no entry");
    refused(with(2, end - 12, 3), "cannot have 3 entries");
    int at = directory(sample(ZipEntry.STORED));
    refused(with(4, at, 0), "directory is cut short");
    refused(with(2, at + 28, 600), "directory is cut short");
    refused(with(2, at + 30, 600), "directory is cut short");
    byte[] twice = sample(ZipEntry.STORED);
    System.arraycopy("first".getBytes(), 0, twice, at + 2 * 46 + 5, 5);
    refused(twice, "holds 'first' twice");
  }

  @Test
  void refusesDamagedEntries() {
    int at = directory(sample(ZipEntry.STORED));
    refused(with(2, at + 8, 1), "'first' is encrypted");
    refused(with(2, at + 10, 12), "packed by method 12, not stored or deflated");
    refused(with(4, at + 20, 1 << 30), "larger than the file");
    refused(with(4, at + 24, 20), "cannot be 20 bytes unpacked from 19");
    refused(with(4, at + 16, 7), "checksum of 'first' is wrong");
    refused(with(1, 40, 'x'), "checksum of 'first' is wrong");
    refused(with(4, at + 42, 1 << 20), "not where the directory says");
    refused(with(4, at + 42, 1), "not where the directory says");
    refused(with(1, 30, 'x'), "local header that tells otherwise");
    refused(with(2, 8, 8), "local header that tells otherwise");
    refused(with(2, 28, 500), "'first' is cut short");
  }

  /** The stored sample with a little-endian field of 1, 2 or 4 bytes overwritten. */
  private static byte[] with(int size, int at, int value) {
    byte[] zip = sample(ZipEntry.STORED);
    for (int i = 0; i < size; i++) {
      zip[at + i] = (byte) (value >> 8 * i);
    }
    return zip;
  }

  @Test
  void refusesDeflatedEntriesOfOtherSizes() {
    byte[] zip = sample(ZipEntry.DEFLATED);
    int at = directory(zip);
    for (int wrong : new int[] {0, HELLO.length - 1, HELLO.length + 1}) {
      little(zip).putInt(at + 24, wrong);
      refused(zip, "does not unpack to the size it states");
    }
    little(zip).putInt(at + 24, 1 << 20);
    refused(zip, "cannot be 1048576 bytes unpacked from");
    little(zip).putInt(at + 24, 1001);
    refused(zip, "unpacks to 1001 bytes, over the limit");
    little(zip).putInt(at + 24, HELLO.length);
    zip[35] = (byte) 0xff;
    refused(zip, "does not unpack");
  }
}
