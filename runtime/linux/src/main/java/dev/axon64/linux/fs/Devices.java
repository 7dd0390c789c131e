package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.Arrays;
import java.util.function.Consumer;

/** Builds the guest's /dev. */
public final class Devices {
  /** Major number of null, zero and their kind. */
  private static final int MEMORY = 1;

  /** The device of zeroes. */
  public static final long ZERO = Stat.device(MEMORY, 5);

  private Devices() {}

  /** Whether a device number is one of those that give bytes without end, or take them. */
  public static boolean isMemory(long special) {
    return special >>> 8 == MEMORY;
  }

  /**
   * The folder to be mounted at /dev.
   *
   * @param random fills an array with random bytes
   */
  public static MemoryFolder folder(
      MemoryStore store, DirectoryNode root, Consumer<byte[]> random) {
    MemoryFolder dev = new MemoryFolder(store, root, "dev", 0755);
    Consumer<byte[]> zeroes = bytes -> Arrays.fill(bytes, (byte) 0);
    add(dev, "null", 3, null, 0);
    add(dev, "zero", 5, zeroes, 0);
    add(dev, "full", 7, zeroes, Errno.ENOSPC);
    add(dev, "random", 8, random, 0);
    add(dev, "urandom", 9, random, 0);
    dev.put("fd", new MemoryLink(store, "/proc/self/fd"));
    dev.put("stdin", new MemoryLink(store, "/proc/self/fd/0"));
    dev.put("stdout", new MemoryLink(store, "/proc/self/fd/1"));
    dev.put("stderr", new MemoryLink(store, "/proc/self/fd/2"));
    dev.put("shm", new MemoryFolder(store, dev, "shm", 01777));
    return dev;
  }

  private static void add(
      MemoryFolder dev, String name, int minor, Consumer<byte[]> filler, int error) {
    String path = "/dev/" + name;
    dev.put(
        name,
        new DeviceNode(
            Stat.device(MEMORY, minor),
            (node, flags) -> new Memory(flags, node, path, filler, error)));
  }

  /** A device that gives bytes without end or none at all, and drops what is written. */
  private static final class Memory extends OpenFile {
    private final Consumer<byte[]> filler;
    private final int error;

    /**
     * An open device.
     *
     * @param filler makes the bytes that are read; null for a device that is always at its end
     * @param error of writing; 0 for none
     */
    Memory(int flags, Node node, String path, Consumer<byte[]> filler, int error) {
      super(flags, node, path);
      this.filler = filler;
      this.error = error;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (filler == null) {
        return 0;
      }
      byte[] bytes = new byte[length];
      filler.accept(bytes);
      System.arraycopy(bytes, 0, to, offset, length);
      return length;
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      if (error != 0) {
        throw new SysError(error);
      }
      return length;
    }

    @Override
    public int read(long at, byte[] to, int offset, int length) {
      return read(to, offset, length);
    }

    @Override
    public int write(long at, byte[] from, int offset, int length) {
      return write(from, offset, length);
    }

    @Override
    public long seek(long offset, int whence) {
      return 0;
    }
  }
}
