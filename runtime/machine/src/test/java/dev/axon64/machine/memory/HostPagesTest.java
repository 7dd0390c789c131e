package dev.axon64.machine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.MemoryFault.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapped file of the host is the file that the host's processes see. */
class HostPagesTest {
  private static final int PAGE = AddressSpace.PAGE;
  private static final long AT = 0x40_0000;
  private static final long OTHER = 0x80_0000;
  private static final int RW = AddressSpace.READ | AddressSpace.WRITE;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("file");
    Files.write(file, new byte[2 * PAGE]);
  }

  private HostPages pages(MemoryLimit limit, boolean writable) {
    return new HostPages(
        limit,
        write -> {
          if (write && !writable) {
            throw new IOException("may not be written");
          }
          return write
              ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
              : FileChannel.open(file, StandardOpenOption.READ);
        });
  }

  private boolean read(long offset, byte[] page) {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.read(ByteBuffer.wrap(page), offset) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void put(long at, int value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
    }
  }

  private void cut(long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static MemoryLimit limit(boolean flat) {
    return flat ? MemoryLimit.flat(64L * PAGE) : new MemoryLimit(64L * PAGE);
  }

  private static void map(AddressSpace space, long at, long size, Backing backing) {
    space.map(new Mapping(at, at + size, RW, backing, 0, "file"));
  }

  private static Reason reason(Runnable access) {
    return assertThrows(MemoryFault.class, access::run).reason;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void spacesAndTheHostSeeTheSameBytes(boolean flat) throws IOException {
    MemoryLimit limit = limit(flat);
    HostPages pages = pages(limit, true);
    AddressSpace space = new AddressSpace(limit);
    AddressSpace stranger = new AddressSpace(limit);
    map(space, AT, 4L * PAGE, pages.backing(true, this::read));
    map(stranger, OTHER, 4L * PAGE, pages.backing(true, this::read));
    space.store8(AT + 5, 55);
    assertEquals(55, stranger.load8(OTHER + 5));
    assertEquals(55, Files.readAllBytes(file)[5]);
    put(PAGE + 7, 77);
    assertEquals(77, space.load8(AT + PAGE + 7));
    AddressSpace child = space.fork();
    child.store64(AT + 8, 88);
    assertEquals(88, stranger.load64(OTHER + 8));
    assertEquals(0, limit.used(), "the host's pages are not the guest's memory");
    List.of(space, stranger, child).forEach(AddressSpace::clear);
    assertFalse(pages.isInUse());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheHostCutsIsGoneAndComesBackAsZeroes(boolean flat) throws IOException {
    MemoryLimit limit = limit(flat);
    HostPages pages = pages(limit, true);
    AddressSpace space = new AddressSpace(limit);
    map(space, AT, 4L * PAGE, pages.backing(true, this::read));
    map(space, OTHER, 4L * PAGE, pages.backing(false, this::read));
    space.store8(AT + PAGE + 1, 9);
    space.store8(OTHER + PAGE + 2, 8);
    assertEquals(Reason.BEYOND_FILE, reason(() -> space.load8(AT + 2L * PAGE)));
    cut(100);
    pages.check();
    assertEquals(Reason.BEYOND_FILE, reason(() -> space.load8(AT + PAGE + 1)));
    assertEquals(Reason.BEYOND_FILE, reason(() -> space.store8(OTHER + PAGE + 2, 1)));
    assertEquals(0, space.load8(AT + 4000));
    put(3L * PAGE, 1);
    pages.check();
    assertEquals(0, space.load8(AT + PAGE + 1));
    assertEquals(0, space.load8(OTHER + PAGE + 2));
    assertEquals(1, space.load8(AT + 3L * PAGE));
    space.store8(AT + 4000, 4);
    assertEquals(4, Files.readAllBytes(file)[4000]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void privateMappingsShowTheFileWhereTheyWereNotWritten(boolean flat) {
    MemoryLimit limit = limit(flat);
    HostPages pages = pages(limit, true);
    AddressSpace space = new AddressSpace(limit);
    map(space, OTHER, 2L * PAGE, pages.backing(false, this::read));
    assertEquals(0, space.load8(OTHER));
    space.store8(OTHER + PAGE, 3);
    map(space, AT, 2L * PAGE, pages.backing(true, this::read));
    space.store8(AT, 1);
    space.store8(AT + PAGE + 1, 2);
    assertEquals(1, space.load8(OTHER));
    assertEquals(0, space.load8(OTHER + PAGE + 1), "its own copy");
    space.store8(OTHER + 1, 5);
    assertEquals(0, space.load8(AT + 1));
    space.store8(AT, 6);
    assertEquals(1, space.load8(OTHER), "copied by now");
    assertEquals(2L * PAGE, limit.used());
  }

  @Test
  void aFileThatTheHostLetsNobodyWriteIsNotWritten() {
    MemoryLimit limit = limit(false);
    AddressSpace space = new AddressSpace(limit);
    map(space, AT, PAGE, pages(limit, false).backing(true, this::read));
    assertEquals(0, space.load8(AT));
    assertEquals(Reason.FORBIDDEN, reason(() -> space.store8(AT, 1)));
  }

  @Test
  void codeThatAnotherSpaceWritesIsToldOf() {
    MemoryLimit limit = limit(false);
    HostPages pages = pages(limit, true);
    AddressSpace space = new AddressSpace(limit);
    AddressSpace writer = new AddressSpace(limit);
    List<Long> told = new ArrayList<>();
    space.addCodeListener(told::add);
    space.map(new Mapping(AT, AT + PAGE, 5, pages.backing(true, this::read), 0, ""));
    map(writer, OTHER, PAGE, pages.backing(true, this::read));
    writer.store32(OTHER, 1);
    space.markCode(AT);
    writer.store32(OTHER, 2);
    assertEquals(List.of(AT), told);
    space.markCode(AT);
    pages.writing(0, 4);
    assertEquals(List.of(AT, AT), told);
    assertTrue(pages.isInUse());
  }
}
