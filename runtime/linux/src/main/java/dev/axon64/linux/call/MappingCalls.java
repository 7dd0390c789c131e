package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.Devices;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.MappedFile;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;

/** Calls that map memory, move it and unmap it. */
final class MappingCalls implements CallGroup {
  private static final long PAGE = AddressSpace.PAGE;
  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_SHARED_VALIDATE = 3;
  private static final int MAP_TYPE = 0xf;
  private static final int MAP_FIXED = 0x10;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_FIXED_NOREPLACE = 0x100000;

  /** The flags that MAP_SHARED_VALIDATE accepts, up to MAP_FIXED_NOREPLACE. */
  private static final int KNOWN = 0x1fffff & ~0x80000; // not MAP_SYNC

  private final Kernel kernel;

  MappingCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.BRK, this::brk);
    table.bind(SystemCall.MMAP, this::map);
    table.bind(SystemCall.MUNMAP, this::unmap);
  }

  private long brk(Task task, long[] a) {
    ProcessMemory memory = task.process.memory;
    long wanted = a[0];
    if (wanted < memory.breakStart || wanted > Layout.MAP_TOP) {
      return memory.breakEnd;
    }
    long old = MemoryRanges.pages(memory.breakEnd);
    long next = MemoryRanges.pages(wanted);
    if (next > old) {
      boolean free = memory.space.mappingsWithin(old, next - old).isEmpty();
      if (!free || !MemoryRanges.hasRoom(kernel, memory.space, next - old)) {
        return memory.breakEnd;
      }
      memory.space.map(old, next - old, AddressSpace.READ | AddressSpace.WRITE, "[heap]");
    } else if (next < old) {
      memory.space.unmap(next, old - next);
    }
    memory.breakEnd = wanted;
    return wanted;
  }

  private long map(Task task, long[] a) {
    ProcessMemory memory = task.process.memory;
    int flags = (int) a[3];
    int type = flags & MAP_TYPE;
    boolean shared = type == MAP_SHARED || type == MAP_SHARED_VALIDATE;
    boolean anonymous = (flags & MAP_ANONYMOUS) != 0;
    if ((a[5] & PAGE - 1) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    OpenFile open = anonymous ? null : mapped(task, a[4]);
    if (a[1] == 0 || !shared && type != MAP_PRIVATE || anonymous && type == MAP_SHARED_VALIDATE) {
      throw new SysError(Errno.EINVAL);
    }
    long size = MemoryRanges.checked(isFixed(flags) ? a[0] : 0, a[1], Errno.ENOMEM);
    if (!anonymous && (a[5] < 0 || a[5] > Long.MAX_VALUE - size)) {
      throw new SysError(Errno.EOVERFLOW);
    }
    if (type == MAP_SHARED_VALIDATE && (flags & ~KNOWN) != 0) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    int protection = MemoryRanges.protection(a[2]);
    if (protection != 0) {
      MemoryRanges.checkRoom(kernel, memory.space, size);
    }
    RegularFile file = anonymous || isZeroes(open) ? null : mappable(open, shared, protection);
    long start = place(task, a[0], size, flags);
    memory.forgetAdvice(start, size);
    Backing backing = file == null ? zeroes(shared, size) : fileBacking(memory, file, shared);
    long offset = file == null ? 0 : a[5];
    String name = file == null ? "" : file.path();
    memory.space.map(new Mapping(start, start + size, protection, backing, offset, name));
    if (isFixed(flags)) {
      memory.dropUnmapped(); // what was there before may have been a file
    }
    return start;
  }

  private static boolean isFixed(int flags) {
    return (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
  }

  private static OpenFile mapped(Task task, long descriptor) {
    OpenFile open = Guest.file(task, descriptor);
    if ((open.flags() & Flags.O_PATH) != 0) {
      throw new SysError(Errno.EBADF);
    }
    return open;
  }

  /** Whether a file is the device of zeroes, which is mapped like memory of its own. */
  private static boolean isZeroes(OpenFile open) {
    return open.node() instanceof DeviceNode && open.stat().special() == Devices.ZERO;
  }

  private static RegularFile mappable(OpenFile open, boolean shared, int protection) {
    if (!(open instanceof RegularFile file)) {
      throw new SysError(Errno.ENODEV);
    }
    boolean writes = shared && (protection & AddressSpace.WRITE) != 0;
    if (!open.isReadable() || writes && !open.isWritable()) {
      throw new SysError(Errno.EACCES);
    }
    if (writes && open.node() instanceof MemoryFile memory && memory.seals().forbidWriting()) {
      throw new SysError(Errno.EPERM);
    }
    return file;
  }

  private static Backing zeroes(boolean shared, long size) {
    return shared ? Backing.sharedAnonymous(size) : Backing.anonymous();
  }

  private static Backing fileBacking(ProcessMemory memory, RegularFile file, boolean shared) {
    Backing backing = file.backing(shared);
    if (memory.mappedFiles.putIfAbsent(backing, new MappedFile(file, shared)) == null) {
      file.retain(); // it stays open after the descriptor is closed
    }
    return backing;
  }

  /** Where a mapping goes: where it must, where the guest asks if that is free, or anywhere. */
  private static long place(Task task, long wish, long size, int flags) {
    AddressSpace space = task.process.memory.space;
    if (isFixed(flags)) {
      if (wish < Layout.LOWEST && !task.identity.can(Capabilities.SYS_RAWIO)) {
        throw new SysError(Errno.EPERM);
      }
      boolean taken = !space.mappingsWithin(wish, size).isEmpty();
      if ((flags & MAP_FIXED_NOREPLACE) != 0 && taken) {
        throw new SysError(Errno.EEXIST);
      }
      return wish;
    }
    long hint = MemoryRanges.pages(wish);
    if (hint >= Layout.LOWEST
        && hint <= Layout.MAP_TOP - size
        && space.mappingsWithin(hint, size).isEmpty()) {
      return hint;
    }
    return MemoryRanges.anywhere(space, size);
  }

  private long unmap(Task task, long[] a) {
    if (a[1] == 0) {
      throw new SysError(Errno.EINVAL);
    }
    long size = MemoryRanges.checked(a[0], a[1], Errno.EINVAL);
    ProcessMemory memory = task.process.memory;
    memory.space.unmap(a[0], size);
    memory.forgetAdvice(a[0], size);
    memory.dropUnmapped();
    return 0;
  }
}
