package dev.axon64.linux.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.FileTable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host's streams cannot do, the guest's descriptors cannot do either. */
class HostStreamsTest {
  @TempDir Path folder;

  private static int error(HostOutput output) {
    return assertThrows(SysError.class, () -> output.write(new byte[1], 0, 1)).errno;
  }

  @Test
  void aFullDiskIsNoBrokenPipe() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    try (FileOutputStream stream = new FileOutputStream(full.toFile())) {
      assertEquals(Errno.ENOSPC, error(new HostOutput(stream, 1)));
    }
  }

  @Test
  void bytesArriveWhole() throws IOException {
    Path file = folder.resolve("file");
    try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
      HostOutput output = new HostOutput(stream, 1);
      assertEquals(2, output.write(new byte[] {1, 2, 3, 4}, 1, 2));
      assertEquals(0, output.write(new byte[0], 0, 0));
    }
    assertEquals("[2, 3]", Arrays.toString(Files.readAllBytes(file)));
  }

  @Test
  void aStreamThatIsClosedIsNoDescriptor() {
    OpenFile output = new HostOutput(System.out, 1);
    FileTable table = FileTable.of(new StandardStreams(null, output, null), 16);
    assertNull(table.find(0));
    assertNotNull(table.find(1));
    assertNull(table.find(2));
    assertEquals(Errno.EBADF, assertThrows(SysError.class, () -> table.get(0)).errno);
  }
}
