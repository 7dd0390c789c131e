package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.MappedFile;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;

/** Calls about memory that is mapped: its protection, its contents, and whether it is there. */
final class MemoryCalls implements CallGroup {
  private static final int ALL = AddressSpace.READ | AddressSpace.WRITE | AddressSpace.EXECUTE;
  private static final int PROT_SEM = 8; // for atomic operations, which need nothing here
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_REMOVE = 9;
  private static final int MADV_DONTFORK = 10;
  private static final int MADV_DOFORK = 11;
  private static final int MADV_WIPEONFORK = 18;
  private static final int MADV_KEEPONFORK = 19;
  private static final int MADV_LAST = 25;
  private static final int MADV_HWPOISON = 100;
  private static final int MADV_SOFT_OFFLINE = 101;
  private static final int MLOCK_ONFAULT = 1;
  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;
  private static final int MCL_ONFAULT = 4;

  /** Bytes of the pages that mincore tells of at once. */
  private static final long CORE_CHUNK = 4096L * AddressSpace.PAGE;

  private static final int MS_ASYNC = 1;
  private static final int MS_INVALIDATE = 2;
  private static final int MS_SYNC = 4;

  private final Kernel kernel;

  MemoryCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MPROTECT, this::protect);
    table.bind(SystemCall.MADVISE, this::advise);
    table.bind(SystemCall.MSYNC, this::sync);
    table.bind(SystemCall.MINCORE, this::inCore);
    table.bind(SystemCall.MLOCK, MemoryCalls::lock);
    table.bind(SystemCall.MLOCK2, MemoryCalls::lockWithFlags);
    table.bind(SystemCall.MUNLOCK, MemoryCalls::lock);
    table.bind(SystemCall.MLOCKALL, MemoryCalls::lockAll);
    table.bind(SystemCall.MUNLOCKALL, Replies.SUCCESS);
  }

  private long protect(Task task, long[] a) {
    long size = MemoryRanges.checked(a[0], a[1], Errno.ENOMEM);
    if ((a[2] & ~(ALL | PROT_SEM)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (size == 0) {
      return 0;
    }
    AddressSpace space = task.process.memory.space;
    long added = 0;
    for (Mapping part : space.mappingsWithin(a[0], size)) {
      added += part.protection() == 0 ? part.size() : 0;
      if ((a[2] & AddressSpace.WRITE) != 0 && isReadOnlyFile(task, part)) {
        throw new SysError(Errno.EACCES);
      }
    }
    if (a[2] != 0 && added > 0) {
      MemoryRanges.checkRoom(kernel, space, added);
    }
    if (!space.protect(a[0], size, MemoryRanges.protection(a[2]))) {
      throw new SysError(Errno.ENOMEM);
    }
    return 0;
  }

  /** Whether writes would go to a file that is not open for writing. */
  private static boolean isReadOnlyFile(Task task, Mapping mapping) {
    MappedFile file = task.process.memory.mappedFiles.get(mapping.backing());
    return file != null && mapping.isShared() && !file.file().isWritable();
  }

  private long advise(Task task, long[] a) {
    long size = MemoryRanges.checked(a[0], a[1], Errno.EINVAL);
    boolean known =
        a[2] >= 0 && a[2] <= MADV_LAST || a[2] == MADV_HWPOISON || a[2] == MADV_SOFT_OFFLINE;
    if (!known) {
      throw new SysError(Errno.EINVAL);
    }
    if (size == 0) {
      return 0;
    }
    ProcessMemory memory = task.process.memory;
    MemoryRanges.checkMapped(memory.space, a[0], size);
    switch ((int) a[2]) {
      case MADV_DONTNEED -> memory.space.discard(a[0], size);
      case MADV_REMOVE -> remove(memory, a[0], size);
      case MADV_DONTFORK -> memory.notForked.add(a[0], size);
      case MADV_DOFORK -> memory.notForked.remove(a[0], size);
      case MADV_WIPEONFORK -> wipeOnFork(memory, a[0], size);
      case MADV_KEEPONFORK -> memory.wipedOnFork.remove(a[0], size);
      default -> {} // advice that changes nothing that a program sees
    }
    return 0;
  }

  private static void remove(ProcessMemory memory, long start, long size) {
    for (Mapping part : memory.space.mappingsWithin(start, size)) {
      if (!part.isShared()) {
        throw new SysError(Errno.EINVAL);
      }
      if ((part.protection() & AddressSpace.WRITE) == 0) {
        throw new SysError(Errno.EACCES);
      }
      if (!part.backing().remove(part.offset(), part.offset() + part.size())) {
        throw new SysError(Errno.EOPNOTSUPP);
      }
    }
  }

  private static void wipeOnFork(ProcessMemory memory, long start, long size) {
    for (Mapping part : memory.space.mappingsWithin(start, size)) {
      if (part.backing() != Backing.anonymous()) {
        throw new SysError(Errno.EINVAL);
      }
    }
    memory.wipedOnFork.add(start, size);
  }

  /** All memory that is mapped counts as locked. */
  private static long lock(Task task, long[] a) {
    long start = a[0] & -AddressSpace.PAGE;
    long size = MemoryRanges.checked(start, a[1] + (a[0] - start), Errno.ENOMEM);
    if (size > 0) {
      MemoryRanges.checkMapped(task.process.memory.space, start, size);
    }
    return 0;
  }

  private static long lockWithFlags(Task task, long[] a) {
    Guest.checkFlags(a[2], MLOCK_ONFAULT);
    return lock(task, a);
  }

  private static long lockAll(Task task, long[] a) {
    Guest.checkFlags(a[0], MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
    if ((a[0] & (MCL_CURRENT | MCL_FUTURE)) == 0) {
      throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private long sync(Task task, long[] a) {
    long size = MemoryRanges.checked(a[0], a[1], Errno.ENOMEM);
    boolean known = (a[2] & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) == 0;
    boolean both = (a[2] & MS_ASYNC) != 0 && (a[2] & MS_SYNC) != 0;
    if (!known || both) {
      throw new SysError(Errno.EINVAL);
    }
    MemoryRanges.checkMapped(task.process.memory.space, a[0], size);
    if ((a[2] & MS_SYNC) != 0 && size > 0) {
      for (Mapping part : task.process.memory.space.mappingsWithin(a[0], size)) {
        MappedFile file = task.process.memory.mappedFiles.get(part.backing());
        if (file != null && file.shared() && file.file().isWritable()) {
          file.file().sync();
        }
      }
    }
    return 0;
  }

  private long inCore(Task task, long[] a) {
    long size = MemoryRanges.checked(a[0], a[1], Errno.ENOMEM);
    ProcessMemory memory = task.process.memory;
    long told = a[0];
    for (Mapping part : memory.space.mappingsWithin(a[0], size)) {
      if (part.start() != told) {
        break;
      }
      for (long at = part.start(); at < part.end(); at += CORE_CHUNK) {
        long end = Math.min(part.end(), at + CORE_CHUNK);
        long to = a[2] + (at - a[0]) / AddressSpace.PAGE;
        task.cpu.memory.write(to, there(memory, part, at, end));
      }
      told = part.end();
    }
    if (told < a[0] + size) {
      throw new SysError(Errno.ENOMEM); // what lies before the gap has been told
    }
    return 0;
  }

  /** A byte for each page of a part of a mapping: 1 if it is in memory. */
  private static byte[] there(ProcessMemory memory, Mapping mapping, long start, long end) {
    byte[] there = new byte[(int) ((end - start) / AddressSpace.PAGE)];
    MappedFile file = memory.mappedFiles.get(mapping.backing());
    for (int i = 0; i < there.length; i++) {
      long offset = mapping.offset() + start - mapping.start() + i * (long) AddressSpace.PAGE;
      boolean stored = file != null && file.file().holds(offset);
      there[i] = (byte) (stored || mapping.backing().holds(offset) ? 1 : 0);
    }
    memory.space.forEachTouched(
        start, end - start, at -> there[(int) ((at - start) / AddressSpace.PAGE)] = 1);
    return there;
  }
}
