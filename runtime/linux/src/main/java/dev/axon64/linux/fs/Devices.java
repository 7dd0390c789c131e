package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The guest's /dev. */
public final class Devices {
  private static final int MEMORY = 1;

  private Devices() {}

  /**
   * A folder of devices, mounted at /dev.
   *
   * @param random fills an array with random bytes
   * @param terminal gives the open terminal, or null if there is none
   */
  public static MemoryFolder folder(
      MemoryStore store, DirectoryNode root, Consumer<byte[]> random, Supplier<OpenFile> terminal) {
    MemoryFolder dev = new MemoryFolder(store, root, "dev", 0755);
    add(dev, "null", 3, new byte[0], null, -1);
    add(dev, "zero", 5, null, bytes -> Arrays.fill(bytes, (byte) 0), -1);
    add(dev, "full", 7, null, bytes -> Arrays.fill(bytes, (byte) 0), Errno.ENOSPC);
    add(dev, "random", 8, null, random, -1);
    add(dev, "urandom", 9, null, random, -1);
    dev.put(
        "tty",
        new DeviceNode(
            Stat.device(5, 0),
            flags -> {
              OpenFile open = terminal.get();
              if (open == null) {
                throw new SysError(Errno.ENXIO);
              }
              return open;
            }));
    dev.put("fd", new MemoryLink(store, "/proc/self/fd"));
    dev.put("stdin", new MemoryLink(store, "/proc/self/fd/0"));
    dev.put("stdout", new MemoryLink(store, "/proc/self/fd/1"));
    dev.put("stderr", new MemoryLink(store, "/proc/self/fd/2"));
    dev.put("shm", new MemoryFolder(store, dev, "shm", 01777));
    return dev;
  }

  private static void add(
      MemoryFolder dev, String name, int minor, byte[] end, Consumer<byte[]> fill, int error) {
    long special = Stat.device(MEMORY, minor);
    DeviceNode[] node = new DeviceNode[1];
    node[0] =
        new DeviceNode(
            special, flags -> new Memory(flags, node[0], "/dev/" + name, end != null, fill, error));
    dev.put(name, node[0]);
  }

  /** A device that gives what a filler makes, or nothing, and swallows what is written. */
  private static final class Memory extends OpenFile {
    private final boolean empty;
    private final Consumer<byte[]> fill;
    private final int error;

    Memory(int flags, Node node, String path, boolean empty, Consumer<byte[]> fill, int error) {
      super(flags, node, path);
      this.empty = empty;
      this.fill = fill;
      this.error = error;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (empty) {
        return 0;
      }
      byte[] bytes = new byte[length];
      fill.accept(bytes);
      System.arraycopy(bytes, 0, to, offset, length);
      return length;
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      if (error >= 0) {
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
