package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Kernel;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;

/** Checks of the ranges and sizes that calls about memory are given. */
final class MemoryRanges {
  /** How many times all memory a process may map. */
  private static final int OVERCOMMIT = 8;

  private static final long PAGE = AddressSpace.PAGE;
  private static final int MOST_MAPPINGS = 65_530;

  private MemoryRanges() {}

  /** A size or an address rounded up to whole pages. */
  static long pages(long bytes) {
    return bytes + PAGE - 1 & -PAGE;
  }

  /**
   * The size of a range in whole pages; fails with EINVAL if it does not begin with a page.
   *
   * @param outside the error number of a range that no address space can have
   */
  static long checked(long start, long size, int outside) {
    if (size < 0 || size > AddressSpace.END) {
      throw new SysError(outside);
    }
    if ((start & PAGE - 1) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    long pages = pages(size);
    if (start < 0 || start > AddressSpace.END - pages) {
      throw new SysError(outside);
    }
    return pages;
  }

  /** Fails with ENOMEM if some page of a range is not mapped. */
  static void checkMapped(AddressSpace space, long start, long size) {
    if (space.accessible(start, size, 0) < size) {
      throw new SysError(Errno.ENOMEM);
    }
  }

  /**
   * The permissions that are asked for. Who may write may also read, as on AArch64; and who may
   * execute, since the processor has no Enhanced PAN, without which Linux gives no memory that can
   * only be executed.
   */
  static int protection(long asked) {
    int all = AddressSpace.READ | AddressSpace.WRITE | AddressSpace.EXECUTE;
    int wanted = (int) asked & all;
    return wanted == 0 ? 0 : wanted | AddressSpace.READ;
  }

  /**
   * Whether a process may map so many more bytes that it can access. Memory counts when it is
   * touched, so that only a single request for more than all memory is refused, as on Linux unless
   * it is told otherwise (/proc/sys/vm/overcommit_memory). All together have an end, too, since a
   * page that was only read still takes room in tables here.
   */
  static boolean hasRoom(Kernel kernel, AddressSpace space, long bytes) {
    long used =
        space.mappings().stream().filter(MemoryRanges::isOwn).mapToLong(Mapping::size).sum();
    long most = kernel.limits.memory();
    return space.mappingCount() < MOST_MAPPINGS
        && bytes <= most
        && bytes <= most * OVERCOMMIT - used;
  }

  /** Whether a mapping may take memory that is not a file's. */
  private static boolean isOwn(Mapping mapping) {
    return mapping.protection() != 0 && mapping.backing().kind() != Backing.Kind.SHARED_FILE;
  }

  /** Fails with ENOMEM if there is no such room. */
  static void checkRoom(Kernel kernel, AddressSpace space, long bytes) {
    if (!hasRoom(kernel, space, bytes)) {
      throw new SysError(Errno.ENOMEM);
    }
  }

  /** The highest gap of this size. */
  static long anywhere(AddressSpace space, long size) {
    long start = space.highestGap(size, Layout.LOWEST, Layout.MAP_TOP);
    if (start < 0) {
      throw new SysError(Errno.ENOMEM);
    }
    return start;
  }
}
