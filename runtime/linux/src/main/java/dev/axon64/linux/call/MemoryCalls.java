package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.MappedFile;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.start.Layout;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import java.util.List;

/** Calls that change what is mapped. */
final class MemoryCalls implements CallGroup {
  private static final long PAGE = AddressSpace.PAGE;
  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_TYPE = 0xf;
  private static final int MAP_SHARED_VALIDATE = 3;
  private static final int MAP_FIXED = 0x10;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_FIXED_NOREPLACE = 0x100000;
  private static final int MREMAP_MAYMOVE = 1;
  private static final int MREMAP_FIXED = 2;
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_REMOVE = 9;
  private static final int MADV_LAST = 25;
  private static final int MOST_MAPPINGS = 65_530;

  private final Kernel kernel;

  MemoryCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.BRK, this::brk);
    table.bind(SystemCall.MMAP, this::map);
    table.bind(SystemCall.MUNMAP, this::unmap);
    table.bind(SystemCall.MPROTECT, this::protect);
    table.bind(SystemCall.MREMAP, this::remap);
    table.bind(SystemCall.MADVISE, this::advise);
    table.bind(SystemCall.MSYNC, this::sync);
    table.bind(SystemCall.MLOCK, Replies.SUCCESS);
    table.bind(SystemCall.MUNLOCK, Replies.SUCCESS);
    table.bind(SystemCall.MLOCKALL, Replies.SUCCESS);
    table.bind(SystemCall.MUNLOCKALL, Replies.SUCCESS);
    table.bind(SystemCall.MINCORE, this::inCore);
  }

  /** A size in whole pages. Fails with {@code errno} if there is no such range. */
  private static long range(long start, long size, int errno) {
    if (size < 0 || size > AddressSpace.END) {
      throw new SysError(errno);
    }
    long pages = size + PAGE - 1 & -PAGE;
    if ((start & PAGE - 1) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (start < 0 || start > AddressSpace.END - pages) {
      throw new SysError(errno);
    }
    return pages;
  }

  private long brk(Task task, long[] a) {
    ProcessMemory memory = task.process.memory;
    long wanted = a[0];
    if (wanted < memory.breakStart || wanted > Layout.MAP_TOP) {
      return memory.breakEnd;
    }
    long old = memory.breakEnd + PAGE - 1 & -PAGE;
    long next = wanted + PAGE - 1 & -PAGE;
    if (next > old) {
      boolean free = memory.space.mappingsWithin(old, next - old).isEmpty();
      if (!free || !hasRoom(memory.space, next - old)) {
        return memory.breakEnd;
      }
      memory.space.map(old, next - old, AddressSpace.READ | AddressSpace.WRITE, "[heap]");
    } else if (next < old) {
      memory.space.unmap(next, old - next);
    }
    memory.breakEnd = wanted;
    return wanted;
  }

  /** Whether so many more accessible bytes are allowed. */
  private boolean hasRoom(AddressSpace space, long bytes) {
    long used =
        space.mappings().stream().filter(m -> m.protection() != 0).mapToLong(Mapping::size).sum();
    return space.mappingCount() < MOST_MAPPINGS && bytes <= kernel.limits.memory() - used;
  }

  private long map(Task task, long[] a) {
    ProcessMemory memory = task.process.memory;
    int flags = (int) a[3];
    int type = flags & MAP_TYPE;
    boolean shared = type == MAP_SHARED || type == MAP_SHARED_VALIDATE;
    if (a[1] == 0 || !shared && type != MAP_PRIVATE || (a[5] & PAGE - 1) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
    long size = range(fixed ? a[0] : 0, a[1], Errno.ENOMEM);
    int protection = (int) a[2] & 7;
    if (protection != 0 && !hasRoom(memory.space, size)) {
      throw new SysError(Errno.ENOMEM);
    }
    RegularFile file =
        (flags & MAP_ANONYMOUS) != 0 ? null : mappable(task, a[4], shared, protection);
    long start = place(memory.space, a[0], size, flags);
    Backing backing =
        file != null
            ? fileBacking(memory, file, shared)
            : shared ? Backing.sharedAnonymous() : Backing.anonymous();
    long offset = file == null ? 0 : a[5];
    String name = file == null ? "" : file.path();
    memory.space.map(new Mapping(start, start + size, protection, backing, offset, name));
    return start;
  }

  private static RegularFile mappable(Task task, long descriptor, boolean shared, int protection) {
    OpenFile open = Guest.file(task, descriptor);
    if (!(open instanceof RegularFile file)) {
      throw new SysError(Errno.ENODEV);
    }
    boolean writes = shared && (protection & AddressSpace.WRITE) != 0;
    if (!open.isReadable() || writes && !open.isWritable()) {
      throw new SysError(Errno.EACCES);
    }
    return file;
  }

  private static Backing fileBacking(ProcessMemory memory, RegularFile file, boolean shared) {
    file.retain(); // the bytes must stay readable after the descriptor is closed
    Backing.Source source = source(file.body());
    Backing backing = shared ? Backing.sharedFile(source) : Backing.privateFile(source);
    memory.mappedFiles.put(backing, new MappedFile(file, shared));
    return backing;
  }

  private static Backing.Source source(FileBody body) {
    return (offset, page) -> {
      try {
        return offset >= 0 && body.read(offset, page, 0, page.length) > 0;
      } catch (SysError e) {
        return false;
      }
    };
  }

  private static long place(AddressSpace space, long wish, long size, int flags) {
    if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0) {
      if (wish < Layout.LOWEST) {
        throw new SysError(Errno.EPERM);
      }
      boolean taken = !space.mappingsWithin(wish, size).isEmpty();
      if ((flags & MAP_FIXED_NOREPLACE) != 0 && taken) {
        throw new SysError(Errno.EEXIST);
      }
      return wish;
    }
    long hint = wish + PAGE - 1 & -PAGE;
    if (hint >= Layout.LOWEST
        && hint <= Layout.MAP_TOP - size
        && space.mappingsWithin(hint, size).isEmpty()) {
      return hint;
    }
    long start = space.highestGap(size, Layout.LOWEST, Layout.MAP_TOP);
    if (start < 0) {
      throw new SysError(Errno.ENOMEM);
    }
    return start;
  }

  private long unmap(Task task, long[] a) {
    if (a[1] == 0) {
      throw new SysError(Errno.EINVAL);
    }
    long size = range(a[0], a[1], Errno.EINVAL);
    ProcessMemory memory = task.process.memory;
    memory.flush();
    memory.space.unmap(a[0], size);
    memory.dropUnmapped();
    return 0;
  }

  private long protect(Task task, long[] a) {
    long size = range(a[0], a[1], Errno.ENOMEM);
    if ((a[2] & ~7L) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (size == 0) {
      return 0;
    }
    AddressSpace space = task.process.memory.space;
    long added = 0;
    for (Mapping part : space.mappingsWithin(a[0], size)) {
      added += part.protection() == 0 ? part.size() : 0;
      MappedFile file = task.process.memory.mappedFiles.get(part.backing());
      if (file != null
          && part.isShared()
          && (a[2] & AddressSpace.WRITE) != 0
          && !file.file().isWritable()) {
        throw new SysError(Errno.EACCES);
      }
    }
    if (a[2] != 0 && added > 0 && !hasRoom(space, added)) {
      throw new SysError(Errno.ENOMEM);
    }
    if (!space.protect(a[0], size, (int) a[2])) {
      throw new SysError(Errno.ENOMEM);
    }
    return 0;
  }

  private long remap(Task task, long[] a) {
    AddressSpace space = task.process.memory.space;
    long old = range(a[0], a[1], Errno.EINVAL);
    long size = range(0, a[2], Errno.ENOMEM);
    boolean fixed = (a[3] & MREMAP_FIXED) != 0;
    if (old == 0 || size == 0 || (a[3] & ~3) != 0 || fixed && (a[3] & MREMAP_MAYMOVE) == 0) {
      throw new SysError(Errno.EINVAL);
    }
    List<Mapping> parts = space.mappingsWithin(a[0], old);
    if (parts.size() != 1 || parts.getFirst().size() != old) {
      throw new SysError(Errno.EFAULT);
    }
    Mapping mapping = parts.getFirst();
    if (size > old && mapping.protection() != 0 && !hasRoom(space, size - old)) {
      throw new SysError(Errno.ENOMEM);
    }
    if (fixed) {
      return remapFixed(space, mapping, size, a[4]);
    }
    if (size <= old) {
      if (size < old) {
        space.unmap(a[0] + size, old - size);
      }
      return a[0];
    }
    if (a[0] + size <= Layout.STACK_TOP && space.mappingsWithin(a[0] + old, size - old).isEmpty()) {
      extend(space, mapping, a[0], old, size);
      return a[0];
    }
    if ((a[3] & MREMAP_MAYMOVE) == 0) {
      throw new SysError(Errno.ENOMEM);
    }
    long to = place(space, 0, size, 0);
    space.move(a[0], old, to);
    extend(space, mapping, to, old, size);
    return to;
  }

  private static long remapFixed(AddressSpace space, Mapping mapping, long size, long to) {
    range(to, size, Errno.EINVAL);
    boolean overlaps = to < mapping.end() && to + size > mapping.start();
    if (overlaps || to < Layout.LOWEST) {
      throw new SysError(Errno.EINVAL);
    }
    space.unmap(to, size);
    long kept = Math.min(mapping.size(), size);
    if (kept < mapping.size()) {
      space.unmap(mapping.start() + kept, mapping.size() - kept);
    }
    space.move(mapping.start(), kept, to);
    if (size > kept) {
      extend(space, mapping, to, kept, size);
    }
    return to;
  }

  private static void extend(AddressSpace space, Mapping mapping, long at, long old, long size) {
    space.map(
        new Mapping(
            at + old,
            at + size,
            mapping.protection(),
            mapping.backing(),
            mapping.offset() + old,
            mapping.name()));
  }

  private long advise(Task task, long[] a) {
    long size = range(a[0], a[1], Errno.EINVAL);
    if (a[2] < 0 || a[2] > MADV_LAST && a[2] != 100 && a[2] != 101) {
      throw new SysError(Errno.EINVAL);
    }
    AddressSpace space = task.process.memory.space;
    if (size > 0 && (a[2] == MADV_DONTNEED || a[2] == MADV_REMOVE)) {
      if (space.accessible(a[0], size, 0) < size) {
        throw new SysError(Errno.ENOMEM);
      }
      space.discard(a[0], size);
    }
    return 0;
  }

  private long sync(Task task, long[] a) {
    long size = range(a[0], a[1], Errno.ENOMEM);
    if ((a[2] & ~7) != 0 || (a[2] & 5) == 5) {
      throw new SysError(Errno.EINVAL);
    }
    if (task.process.memory.space.accessible(a[0], size, 0) < size) {
      throw new SysError(Errno.ENOMEM);
    }
    task.process.memory.flush();
    return 0;
  }

  private long inCore(Task task, long[] a) {
    long size = range(a[0], a[1], Errno.ENOMEM);
    if (task.process.memory.space.accessible(a[0], size, 0) < size) {
      throw new SysError(Errno.ENOMEM);
    }
    for (long i = 0; i < size / PAGE; i++) {
      task.cpu.memory.store8(a[2] + i, 1);
    }
    return 0;
  }
}
