package dev.axon64.linux.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import org.junit.jupiter.api.Test;

class MemoryFileTest {
  /** Neither of its pages nor of its inode. */
  @Test
  void aFileThatDoesNotFitTakesNoRoom() {
    MemoryStore store = new MemoryStore(0x4000, 0, 0);
    SysError refused =
        assertThrows(SysError.class, () -> new MemoryFile(store, 0644, new byte[0x5000]));
    assertEquals(Errno.ENOSPC, refused.errno);
    assertEquals(0x4000, store.free());
    new MemoryFile(store, 0644, new byte[0x3000]);
  }
}
