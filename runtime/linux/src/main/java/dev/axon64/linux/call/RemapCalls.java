package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import java.util.List;

/** The call that moves mappings and changes their sizes. */
final class RemapCalls implements CallGroup {
  private static final int MREMAP_MAYMOVE = 1;
  private static final int MREMAP_FIXED = 2;
  private static final int MREMAP_DONTUNMAP = 4;

  private final Kernel kernel;

  RemapCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MREMAP, this::remap);
  }

  private long remap(Task task, long[] a) {
    AddressSpace space = task.process.memory.space;
    long old = MemoryRanges.checked(a[0], a[1], Errno.EINVAL);
    long size = MemoryRanges.checked(0, a[2], Errno.ENOMEM);
    boolean mayMove = (a[3] & MREMAP_MAYMOVE) != 0;
    boolean fixed = (a[3] & MREMAP_FIXED) != 0;
    boolean keeps = (a[3] & MREMAP_DONTUNMAP) != 0;
    if (old == 0 && size != 0 && mayMove) {
      return again(space, a[0], size, fixed ? a[4] : 0);
    }
    if (old == 0
        || size == 0
        || (a[3] & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0
        || (fixed || keeps) && !mayMove
        || keeps && size != old) {
      throw new SysError(Errno.EINVAL);
    }
    List<Mapping> parts = space.mappingsWithin(a[0], old);
    if (parts.size() != 1 || parts.getFirst().size() != old) {
      throw new SysError(Errno.EFAULT);
    }
    Mapping mapping = parts.getFirst();
    if (size > old && mapping.protection() != 0) {
      MemoryRanges.checkRoom(kernel, space, size - old);
    }
    task.process.memory.forgetAdvice(a[0], old);
    if (keeps && !fixed) {
      MemoryRanges.checkRoom(kernel, space, size);
    }
    if (fixed || keeps) {
      long to = moveTo(space, mapping, size, fixed ? a[4] : MemoryRanges.anywhere(space, size));
      if (keeps) {
        space.map(mapping); // as it was before it was touched
      }
      return to;
    }
    return size <= old ? shrink(space, mapping, size) : grow(space, mapping, size, mayMove);
  }

  /** Maps shared pages at another place too, as an old size of 0 asks for. */
  private long again(AddressSpace space, long at, long size, long to) {
    Mapping mapping = space.mappingAt(at);
    if (mapping == null) {
      throw new SysError(Errno.EFAULT);
    }
    if (!mapping.isShared()) {
      throw new SysError(Errno.EINVAL);
    }
    MemoryRanges.checked(to, size, Errno.EINVAL);
    MemoryRanges.checkRoom(kernel, space, size);
    long start = to == 0 ? MemoryRanges.anywhere(space, size) : to;
    space.map(
        new Mapping(
            start,
            start + size,
            mapping.protection(),
            mapping.backing(),
            mapping.offset() + (at - mapping.start()),
            mapping.name()));
    return start;
  }

  private static long moveTo(AddressSpace space, Mapping mapping, long size, long to) {
    MemoryRanges.checked(to, size, Errno.EINVAL);
    boolean overlaps = to < mapping.end() && to + size > mapping.start();
    if (overlaps || to < Layout.LOWEST) {
      throw new SysError(Errno.EINVAL);
    }
    space.unmap(to, size);
    long kept = Math.min(mapping.size(), size);
    shrink(space, mapping, kept);
    space.move(mapping.start(), kept, to);
    if (size > kept) {
      extend(space, mapping, to, size);
    }
    return to;
  }

  private static long shrink(AddressSpace space, Mapping mapping, long size) {
    if (size < mapping.size()) {
      space.unmap(mapping.start() + size, mapping.size() - size);
    }
    return mapping.start();
  }

  private static long grow(AddressSpace space, Mapping mapping, long size, boolean mayMove) {
    long start = mapping.start();
    long added = size - mapping.size();
    if (start + size <= Layout.STACK_TOP && space.mappingsWithin(mapping.end(), added).isEmpty()) {
      extend(space, mapping, start, size);
      return start;
    }
    if (!mayMove) {
      throw new SysError(Errno.ENOMEM);
    }
    long to = MemoryRanges.anywhere(space, size);
    space.move(start, mapping.size(), to);
    extend(space, mapping, to, size);
    return to;
  }

  /** Maps the rest of a mapping that begins at an address now, up to a new size. */
  private static void extend(AddressSpace space, Mapping mapping, long at, long size) {
    long old = mapping.size();
    space.map(
        new Mapping(
            at + old,
            at + size,
            mapping.protection(),
            mapping.backing(),
            mapping.offset() + old,
            mapping.name()));
  }
}
