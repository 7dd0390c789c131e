package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.memory.AddressSpace;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes what the arguments of calls refer to. {@link Syscalls} makes EFAULT of a
 * MemoryFault.
 */
final class Guest {
  private static final int LONGEST_PATH = 4096;
  private static final int LONGEST_STRING = 131_072;
  private static final long NANOSECONDS = 1_000_000_000L;
  private static final long MICROSECONDS = 1_000_000L;

  /** No transfer moves more bytes (read(2)). */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 4095;

  private Guest() {}

  /**
   * The bytes in front of the next zero.
   *
   * @param tooLong the error number if there is no zero in the first {@code most} bytes
   */
  static byte[] bytes(Task task, long address, int most, int tooLong) {
    AddressSpace memory = task.cpu.memory;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < most; i++) {
      int b = (int) memory.load8(address + i);
      if (b == 0) {
        return bytes.toByteArray();
      }
      bytes.write(b);
    }
    throw new SysError(tooLong);
  }

  /** A path or a name. */
  static String path(Task task, long address) {
    return GuestText.of(bytes(task, address, LONGEST_PATH, Errno.ENAMETOOLONG));
  }

  /**
   * A list of strings that ends with a null pointer; no strings if the address is 0.
   *
   * @param mostBytes that all strings may have with their pointers; more fail with E2BIG
   */
  static List<byte[]> strings(Task task, long address, long mostBytes) {
    List<byte[]> strings = new ArrayList<>();
    long total = 0;
    for (long at = address; address != 0; at += Long.BYTES) {
      long string = task.cpu.memory.load64(at);
      if (string == 0) {
        break;
      }
      byte[] text = bytes(task, string, LONGEST_STRING, Errno.E2BIG);
      total += text.length + 1L + Long.BYTES;
      if (total > mostBytes) {
        throw new SysError(Errno.E2BIG);
      }
      strings.add(text);
    }
    return strings;
  }

  /** The folder that a path starts at. */
  static DirectoryNode folder(Task task, long descriptor, String path) {
    if ((int) descriptor == Flags.AT_FDCWD || path.startsWith("/")) {
      return task.process.view.current;
    }
    OpenFile file = file(task, descriptor);
    if (file instanceof DirectoryFile directory) {
      return directory.directory();
    }
    throw new SysError(Errno.ENOTDIR);
  }

  /** The place that a path leads to. */
  static PathWalk.Place walk(Task task, long descriptor, String path, boolean followLast) {
    if (path.isEmpty()) {
      throw new SysError(Errno.ENOENT);
    }
    return walk(task, descriptor, path, new PathWalk.Rules(task.identity, followLast));
  }

  /** The place that a path leads to by these rules. */
  static PathWalk.Place walk(Task task, long descriptor, String path, PathWalk.Rules rules) {
    String from = rules.staysInFolder() ? "" : path; // where even / is the folder
    return PathWalk.walk(task.process.view.root, folder(task, descriptor, from), path, rules);
  }

  /** What a path leads to; fails with ENOENT if there is nothing. */
  static Node existing(Task task, long descriptor, long path, boolean followLast) {
    return place(task, descriptor, path, followLast).existing();
  }

  /** The place that a path in the guest's memory leads to. */
  static PathWalk.Place place(Task task, long descriptor, long path, boolean followLast) {
    return walk(task, descriptor, path(task, path), followLast);
  }

  /** Fails with ENOENT if a path leads to nothing. */
  static void checkExists(Task task, long path) {
    existing(task, Flags.AT_FDCWD, path, true);
  }

  /** Fails with EINVAL if there are flags that a call does not know. */
  static void checkFlags(long flags, long known) {
    if ((flags & 0xffffffffL & ~known) != 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  /** Whether a link at the end of a path is followed, by a call's flags. */
  static boolean follows(long flags) {
    return (flags & Flags.AT_SYMLINK_NOFOLLOW) == 0;
  }

  /**
   * The node of a descriptor that is open for more than O_PATH; fails with EPERM if it has none.
   */
  static Node node(Task task, long descriptor) {
    return nodeOf(usable(task, descriptor));
  }

  /** An open file that is open for more than O_PATH; fails with EBADF if it is not. */
  static OpenFile usable(Task task, long descriptor) {
    OpenFile file = file(task, descriptor);
    if ((file.flags() & Flags.O_PATH) != 0) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  /** The node of an open file; fails with EPERM if it has none. */
  static Node nodeOf(OpenFile file) {
    Node node = file.node();
    if (node == null) {
      throw new SysError(Errno.EPERM);
    }
    return node;
  }

  /** The open file of a descriptor; fails with EBADF if there is none. */
  static OpenFile file(Task task, long descriptor) {
    return task.callFiles.get(task.process.files, (int) descriptor);
  }

  /** Fails with EBADF if a descriptor is not open. */
  static void checkOpen(Task task, long descriptor) {
    usable(task, descriptor);
  }

  /** Fails with EFAULT if the guest cannot read this memory, of at most a page. */
  static void checkReadable(Task task, long address, int size) {
    task.cpu.memory.checkRead(address, size);
  }

  /** Fails with EFAULT if the guest cannot write this memory, of at most a page. */
  static void checkWritable(Task task, long address, int size) {
    task.cpu.memory.checkWrite(address, size);
  }

  /** A structure that is to be filled and written to the guest. */
  static ByteBuffer struct(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A structure of the guest. */
  static ByteBuffer struct(Task task, long address, int size) {
    return ByteBuffer.wrap(task.cpu.memory.read(address, size)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a filled structure to the guest. */
  static void write(Task task, long address, ByteBuffer struct) {
    task.cpu.memory.write(address, struct.array());
  }

  /** A timespec as nanoseconds; fails with EINVAL if it makes no sense. */
  static long timespec(Task task, long address) {
    return nanoseconds(
        task.cpu.memory.load64(address), task.cpu.memory.load64(address + 8), NANOSECONDS);
  }

  /** A timeval as nanoseconds; fails with EINVAL if it makes no sense. */
  static long timeval(Task task, long address) {
    return nanoseconds(
        task.cpu.memory.load64(address), task.cpu.memory.load64(address + 8), MICROSECONDS);
  }

  private static long nanoseconds(long seconds, long fraction, long unit) {
    if (seconds < 0 || fraction < 0 || fraction >= unit) {
      throw new SysError(Errno.EINVAL);
    }
    long most = Long.MAX_VALUE / NANOSECONDS / 4; // times beyond a century never come
    return Math.min(seconds, most) * NANOSECONDS + fraction * (NANOSECONDS / unit);
  }

  /** Writes nanoseconds as a timespec. */
  static void putTimespec(Task task, long address, long nanoseconds) {
    task.cpu.memory.store64(address, Math.floorDiv(nanoseconds, NANOSECONDS));
    task.cpu.memory.store64(address + 8, Math.floorMod(nanoseconds, NANOSECONDS));
  }

  /** Writes nanoseconds as a timeval. */
  static void putTimeval(Task task, long address, long nanoseconds) {
    task.cpu.memory.store64(address, Math.floorDiv(nanoseconds, NANOSECONDS));
    task.cpu.memory.store64(address + 8, Math.floorMod(nanoseconds, NANOSECONDS) / 1000);
  }

  /** Fails with EFAULT if a range reaches beyond all addresses that a program can have. */
  static void checkUsers(long address, long length) {
    long start = SigInfo.untagged(address);
    if (start < 0 || length < 0 || start > AddressSpace.END - length) {
      throw new SysError(Errno.EFAULT);
    }
  }

  /**
   * How many of these bytes can be accessed; fails with EFAULT if there are some and none can.
   *
   * @param protection the kind of access
   */
  static int span(Task task, long address, long length, int protection) {
    if (length == 0) {
      return 0;
    }
    checkUsers(address, length);
    long wanted = Long.compareUnsigned(length, MOST_BYTES) > 0 ? MOST_BYTES : length;
    long count = task.cpu.memory.accessible(address, wanted, protection);
    if (count == 0) {
      throw new SysError(Errno.EFAULT);
    }
    return (int) count;
  }
}
