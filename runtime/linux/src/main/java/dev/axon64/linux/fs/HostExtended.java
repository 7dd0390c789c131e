package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Extended attributes of users that something on the host has; others are the host's own business.
 *
 * @param way tells how it is reached now
 */
record HostExtended(HostTree tree, Supplier<HostInode.Way> way) implements ExtendedAttributes {
  private static final long MOST_BYTES = 65_536;

  /** The call's name for a way that is a link to follow, or for one that is not. */
  private static String call(String name, HostInode.Way to) {
    return to.link() ? name : "l" + name;
  }

  private static MemorySegment text(Arena arena, String name) {
    return HostCalls.text(arena, GuestText.bytes(name));
  }

  @Override
  public byte[] get(String name) {
    HostInode.Way to = way.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(MOST_BYTES);
      long size =
          HostCalls.call(
              call("getxattr", to),
              HostCalls.path(arena, to.path()),
              text(arena, name),
              value,
              MOST_BYTES);
      return value.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    } catch (SysError e) {
      if (e.errno == Errno.ENODATA) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public void set(String name, byte[] value) {
    tree.checkWritable();
    HostInode.Way to = way.get();
    try (Arena arena = Arena.ofConfined()) {
      HostCalls.call(
          call("setxattr", to),
          HostCalls.path(arena, to.path()),
          text(arena, name),
          HostCalls.text(arena, value),
          (long) value.length,
          0);
    }
  }

  @Override
  public void remove(String name) {
    tree.checkWritable();
    HostInode.Way to = way.get();
    try (Arena arena = Arena.ofConfined()) {
      HostCalls.call(call("removexattr", to), HostCalls.path(arena, to.path()), text(arena, name));
    }
  }

  @Override
  public List<String> names() {
    if (!HostCalls.available()) {
      return List.of();
    }
    HostInode.Way to = way.get();
    List<String> names = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocate(MOST_BYTES);
      long size =
          HostCalls.call(call("listxattr", to), HostCalls.path(arena, to.path()), all, MOST_BYTES);
      String text = GuestText.of(all.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE));
      for (String name : text.split("\0")) {
        if (name.startsWith("user.")) {
          names.add(name);
        }
      }
      return names;
    } catch (SysError e) {
      if (e.errno == Errno.EOPNOTSUPP) {
        return List.of();
      }
      throw e;
    }
  }
}
