package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.util.Arrays;

/** Reads and writes memory as a tracer may: whatever is mapped, also where its owner may not. */
public final class OtherMemory {
  private OtherMemory() {}

  /**
   * Reads bytes up to the first place where nothing is mapped.
   *
   * @return how many
   */
  public static int read(AddressSpace memory, long address, byte[] to, int offset, int count) {
    return byPage(
        memory,
        address,
        count,
        AddressSpace.READ,
        (at, done, some) -> System.arraycopy(memory.read(at, some), 0, to, offset + done, some));
  }

  /** Reads bytes; fails with EIO where nothing is mapped. */
  public static byte[] read(AddressSpace memory, long address, int count) {
    byte[] bytes = new byte[count];
    checkAll(read(memory, address, bytes, 0, count), count);
    return bytes;
  }

  /**
   * Writes bytes up to the first place where nothing is mapped that could be written.
   *
   * @return how many
   */
  public static int write(AddressSpace memory, long address, byte[] from, int offset, int count) {
    return byPage(
        memory,
        address,
        count,
        AddressSpace.WRITE,
        (at, done, some) ->
            memory.write(at, Arrays.copyOfRange(from, offset + done, offset + done + some)));
  }

  /** Writes bytes; fails with EIO where nothing is mapped that could be written. */
  public static void write(AddressSpace memory, long address, byte[] bytes) {
    checkAll(write(memory, address, bytes, 0, bytes.length), bytes.length);
  }

  private static void checkAll(int done, int wanted) {
    if (done != wanted) {
      throw new SysError(Errno.EIO);
    }
  }

  /** Does something with a part of a page. */
  private interface Part {
    void access(long address, int done, int count);
  }

  private static int byPage(
      AddressSpace memory, long address, int count, int permission, Part part) {
    int done = 0;
    while (done < count) {
      long at = address + done;
      int some = (int) Math.min(count - done, AddressSpace.PAGE - (at & AddressSpace.PAGE - 1));
      if (!access(memory, at, done, some, permission, part)) {
        break;
      }
      done += some;
    }
    return done;
  }

  /** Does something while a page may be accessed; returns false if it must not be. */
  private static boolean access(
      AddressSpace memory, long at, int done, int count, int permission, Part part) {
    Mapping mapping = memory.mappingAt(at);
    if (mapping == null) {
      return false;
    }
    int protection = mapping.protection();
    boolean may = (protection & permission) != 0;
    long page = at & -AddressSpace.PAGE;
    if (!may && !memory.protect(page, AddressSpace.PAGE, protection | permission)) {
      return false; // a shared mapping that nobody may write
    }
    try {
      part.access(at, done, count);
      return true;
    } catch (MemoryFault e) {
      return false;
    } finally {
      if (!may) {
        memory.protect(page, AddressSpace.PAGE, protection);
      }
    }
  }
}
