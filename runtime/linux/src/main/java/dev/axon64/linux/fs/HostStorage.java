package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Asks and changes how the host stores a file, through a descriptor of our own. */
final class HostStorage {
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int STATX_SIZE = 256;
  private static final int STATX_BLOCKS = 0x400;
  private static final int STATX_BLOCKS_AT = 48;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  private HostStorage() {}

  /** Where data or a hole begins; -1 if nothing is behind the position. */
  static long seek(Path path, long position, boolean data) {
    int descriptor = open(path, 0);
    try {
      return HostCalls.call("lseek", descriptor, position, data ? SEEK_DATA : SEEK_HOLE);
    } catch (SysError e) {
      if (e.errno == Errno.ENXIO) {
        return -1;
      }
      throw e;
    } finally {
      HostCalls.call("close", descriptor);
    }
  }

  /** The bytes that are stored of a file. */
  static long stored(HostInode.Way way) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(STATX_SIZE, 8);
      int flags = way.link() ? 0 : Flags.AT_SYMLINK_NOFOLLOW;
      MemorySegment path = HostCalls.path(arena, way.path());
      HostCalls.call("statx", HostCalls.HERE, path, flags, STATX_BLOCKS, found);
      return 512 * found.get(ValueLayout.JAVA_LONG, STATX_BLOCKS_AT);
    }
  }

  static void allocate(Path path, int mode, long offset, long length) {
    int descriptor = open(path, O_RDWR);
    try {
      HostCalls.call("fallocate", descriptor, mode, offset, length);
    } finally {
      HostCalls.call("close", descriptor);
    }
  }

  private static int open(Path path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) HostCalls.call("open", HostCalls.path(arena, path), flags | O_CLOEXEC);
    }
  }
}
