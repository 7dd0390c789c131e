package dev.axon64.linux.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests and processes of the host keep each other out. */
class HostLocksTest {
  @TempDir Path folder;

  private FileLocks locks(Path file) throws IOException {
    Files.write(file, new byte[100]);
    HostLocks host = LinuxHostLocks.of(file::toString);
    assumeTrue(host != HostLocks.NONE, "needs a Linux host that lets us call its library");
    return new FileLocks(() -> host);
  }

  @Test
  void rangesOfTheHostAreSeenAndOursKeepTheHostOut() throws IOException {
    Path file = folder.resolve("file");
    FileLocks locks = locks(file);
    Object guest = new Object();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock theirs = channel.lock(10, 5, false);
      Range wanted = new Range(12, 20, false, guest, 7);
      assertFalse(locks.set(wanted));
      Range seen = locks.conflict(wanted);
      assertEquals(10, seen.start());
      assertEquals(15, seen.end());
      assertTrue(seen.exclusive());
      assertTrue(locks.set(new Range(15, Range.FOREVER, true, guest, 7)));
      assertNull(channel.tryLock(20, 1, false));
      theirs.release();
      assertTrue(locks.set(wanted));
      locks.clear(new Range(0, 16, false, guest, 7));
      assertTrue(channel.tryLock(12, 4, false).isValid());
      assertNull(channel.tryLock(17, 1, false));
    }
    locks.close();
  }

  @Test
  void aRangeThatTwoGuestsReadStaysLockedUntilBothHaveLeft() throws IOException {
    Path file = folder.resolve("file");
    FileLocks locks = locks(file);
    Object first = new Object();
    Object second = new Object();
    assertTrue(locks.set(new Range(0, 10, false, first, 1)));
    assertTrue(locks.set(new Range(5, 20, false, second, 2)));
    assertFalse(locks.set(new Range(0, 10, true, first, 1)));
    locks.clearAll(first);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertTrue(channel.tryLock(0, 5, false).isValid());
      assertNull(channel.tryLock(5, 1, false));
      locks.clearAll(second);
      assertTrue(channel.tryLock(5, 1, false).isValid());
    }
    locks.close();
  }

  @Test
  void wholeFilesAreLockedForEachOpenFile() throws IOException {
    Path file = folder.resolve("file");
    FileLocks ours = locks(file);
    FileLocks others = new FileLocks(() -> LinuxHostLocks.of(file::toString));
    Object open = new Object();
    Object theirs = new Object();
    assertTrue(ours.lockWhole(open, true));
    assertFalse(others.lockWhole(theirs, false));
    assertTrue(ours.lockWhole(open, false));
    assertTrue(others.lockWhole(theirs, false));
    assertFalse(ours.lockWhole(open, true));
    others.unlockWhole(theirs);
    assertTrue(ours.lockWhole(open, true));
    ours.close();
    assertTrue(others.lockWhole(theirs, true));
    others.close();
  }
}
