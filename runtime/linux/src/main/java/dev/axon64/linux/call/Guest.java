package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what arguments point to. MemoryFaults become EFAULT further out. */
final class Guest {
  private static final int LONGEST_PATH = 4096;
  private static final long NANOSECONDS = 1_000_000_000L;

  private Guest() {}

  /** Bytes up to a zero. Fails with {@code tooLong} if there is none in the first bytes. */
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

  /** A path or name. */
  static String path(Task task, long address) {
    return text(bytes(task, address, LONGEST_PATH, Errno.ENAMETOOLONG));
  }

  /** Names are UTF-8 here; others cannot be made on every host. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SysError(Errno.EILSEQ);
    }
  }

  /** A list of strings that ends with a null pointer; none if the address is 0. */
  static List<byte[]> strings(Task task, long address, long mostBytes) {
    List<byte[]> strings = new ArrayList<>();
    long total = 0;
    for (long at = address; address != 0; at += Long.BYTES) {
      long string = task.cpu.memory.load64(at);
      if (string == 0) {
        break;
      }
      byte[] text = bytes(task, string, 131_072, Errno.E2BIG);
      total += text.length + 9L;
      if (total > mostBytes) {
        throw new SysError(Errno.E2BIG);
      }
      strings.add(text);
    }
    return strings;
  }

  /** The folder that a relative path starts at. */
  static DirectoryNode folder(Task task, long descriptor, String path) {
    if ((int) descriptor == Flags.AT_FDCWD || path.startsWith("/")) {
      return task.process.view.current;
    }
    OpenFile file = task.process.files.get((int) descriptor);
    if (file instanceof DirectoryFile directory) {
      return directory.directory();
    }
    throw new SysError(Errno.ENOTDIR);
  }

  /** Where a path leads. */
  static PathWalk.Place walk(Task task, long descriptor, String path, boolean followLast) {
    if (path.isEmpty()) {
      throw new SysError(Errno.ENOENT);
    }
    return PathWalk.walk(task.process.view.root, folder(task, descriptor, path), path, followLast);
  }

  /** The open file of a descriptor. */
  static OpenFile file(Task task, long descriptor) {
    return task.process.files.get((int) descriptor);
  }

  /** Fails with EBADF if a descriptor is not open. */
  static void checkOpen(Task task, long descriptor) {
    task.process.files.get((int) descriptor);
  }

  /** A structure of the guest to be filled and written. */
  static ByteBuffer struct(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A structure read from the guest. */
  static ByteBuffer struct(Task task, long address, int size) {
    return ByteBuffer.wrap(task.cpu.memory.read(address, size)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a filled structure. */
  static void write(Task task, long address, ByteBuffer struct) {
    task.cpu.memory.write(address, struct.array());
  }

  /** A timespec as nanoseconds. Fails with EINVAL if it is none. */
  static long timespec(Task task, long address) {
    return nanoseconds(
        task.cpu.memory.load64(address), task.cpu.memory.load64(address + 8), NANOSECONDS);
  }

  /** A timeval as nanoseconds. Fails with EINVAL if it is none. */
  static long timeval(Task task, long address) {
    return nanoseconds(
        task.cpu.memory.load64(address), task.cpu.memory.load64(address + 8), 1_000_000);
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

  /** How many of these bytes can be accessed. Fails with EFAULT if none can. */
  static int span(Task task, long address, long length, int protection) {
    if (length == 0) {
      return 0;
    }
    long wanted =
        Long.compareUnsigned(length, Integer.MAX_VALUE - 4095) > 0
            ? Integer.MAX_VALUE - 4095
            : length;
    long count = task.cpu.memory.accessible(address, wanted, protection);
    if (count == 0) {
      throw new SysError(Errno.EFAULT);
    }
    return (int) count;
  }
}
