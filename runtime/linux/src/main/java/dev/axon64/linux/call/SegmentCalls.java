package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.ipc.IpcObject;
import dev.axon64.linux.ipc.IpcTable;
import dev.axon64.linux.ipc.Segment;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.MappedFile;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import java.nio.ByteBuffer;

/** Calls about System V shared memory (shmop(2), shmctl(2)). */
final class SegmentCalls implements CallGroup {
  private static final int PAGE = AddressSpace.PAGE;
  private static final int SHM_RDONLY = 010000;
  private static final int SHM_RND = 020000;
  private static final int SHM_REMAP = 040000;
  private static final int SHM_EXEC = 0100000;
  private static final int SHM_LOCK = 11;
  private static final int SHM_UNLOCK = 12;
  private static final int SHM_STAT = 13;
  private static final int SHM_INFO = 14;
  private static final int SHM_STAT_ANY = 15;
  private static final int SHM_HUGETLB = 04000;
  private static final int LIMITS_BYTES = 72;
  private static final int INFO_BYTES = 48;
  private static final long MOST_BYTES = Long.MAX_VALUE - (1 << 24);
  private static final int MOST_SEGMENTS = 4096;

  private final Kernel kernel;

  SegmentCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SHMGET, this::get);
    table.bind(SystemCall.SHMAT, this::attach);
    table.bind(SystemCall.SHMDT, this::detach);
    table.bind(SystemCall.SHMCTL, this::control);
  }

  private IpcTable<Segment> segments() {
    IpcTable<Segment> all = kernel.ipc.segments;
    for (Segment each : all.all()) {
      if (each.isRemoved() && users(each) == 0) {
        forget(each);
      }
    }
    return all;
  }

  private void forget(Segment segment) {
    kernel.ipc.segments.remove(segment);
    segment.file.release();
  }

  /** How often a segment is attached. */
  private long users(Segment segment) {
    Backing backing = segment.file.backing(true);
    return kernel.processes.values().stream()
        .filter(process -> !process.isZombie())
        .map(process -> process.memory)
        .distinct()
        .flatMap(memory -> memory.space.mappings().stream())
        .filter(mapping -> mapping.backing() == backing)
        .count();
  }

  private long get(Task task, long[] a) {
    int key = (int) a[0];
    long size = a[1];
    int flags = (int) a[2];
    Segment segment =
        segments()
            .get(
                key,
                flags,
                task.identity,
                known -> {
                  if (Long.compareUnsigned(size, known.size()) > 0) {
                    throw new SysError(Errno.EINVAL);
                  }
                },
                () -> make(task, key, size, flags));
    return segment.id();
  }

  private Segment make(Task task, int key, long size, int flags) {
    if (Long.compareUnsigned(size, 1) < 0 || Long.compareUnsigned(size, MOST_BYTES) > 0) {
      throw new SysError(Errno.EINVAL);
    }
    if ((flags & SHM_HUGETLB) != 0 || size > kernel.limits.memory()) {
      throw new SysError(Errno.ENOMEM); // there are no huge pages
    }
    MemoryFile node = MemoryFile.nameless(kernel.temporary, 0600);
    FileBody body = node.open(true);
    body.resize(MemoryRanges.pages(size));
    String path = "/SYSV%08x (deleted)".formatted(key);
    RegularFile file = new RegularFile(Flags.O_RDWR, node, path, body);
    file.retain();
    long now = IpcCommands.now(kernel);
    return new Segment(key, task.identity, flags, file, size, task.process.id, now);
  }

  private long attach(Task task, long[] a) {
    Segment segment = segments().of((int) a[0]);
    int flags = (int) a[2];
    long wish = a[1];
    if ((wish & PAGE - 1) != 0) {
      if ((flags & SHM_RND) == 0) {
        throw new SysError(Errno.EINVAL);
      }
      wish &= -PAGE;
    }
    if (wish == 0 && (flags & SHM_REMAP) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean write = (flags & SHM_RDONLY) == 0;
    segment.check(task.identity, write ? IpcObject.READ | IpcObject.WRITE : IpcObject.READ);
    int protection = AddressSpace.READ | (write ? AddressSpace.WRITE : 0);
    protection |= (flags & SHM_EXEC) != 0 ? AddressSpace.EXECUTE : 0;
    ProcessMemory memory = task.process.memory;
    long size = MemoryRanges.pages(segment.size());
    MemoryRanges.checkRoom(kernel, memory.space, size);
    long start = place(memory.space, wish, size, (flags & SHM_REMAP) != 0);
    Backing backing = segment.file.backing(true);
    if (memory.mappedFiles.putIfAbsent(backing, new MappedFile(segment.file, true)) == null) {
      segment.file.retain();
    }
    String name = segment.file.path();
    memory.space.map(new Mapping(start, start + size, protection, backing, 0, name));
    memory.dropUnmapped();
    segment.attached(task.process.id, IpcCommands.now(kernel));
    return start;
  }

  private static long place(AddressSpace space, long wish, long size, boolean replace) {
    if (wish == 0) {
      return MemoryRanges.anywhere(space, size);
    }
    MemoryRanges.checked(wish, size, Errno.EINVAL);
    if (wish < Layout.LOWEST || !replace && !space.mappingsWithin(wish, size).isEmpty()) {
      throw new SysError(Errno.EINVAL);
    }
    return wish;
  }

  private long detach(Task task, long[] a) {
    ProcessMemory memory = task.process.memory;
    Mapping first = (a[0] & PAGE - 1) == 0 ? memory.space.mappingAt(a[0]) : null;
    Segment segment =
        first == null || first.start() != a[0]
            ? null
            : kernel.ipc.segments.all().stream()
                .filter(each -> each.file.backing(true) == first.backing())
                .findFirst()
                .orElse(null);
    if (segment == null || first.offset() != 0) {
      throw new SysError(Errno.EINVAL);
    }
    long end = a[0] + MemoryRanges.pages(segment.size());
    for (Mapping each : memory.space.mappingsWithin(a[0], end - a[0])) {
      if (each.backing() == first.backing() && each.offset() == each.start() - a[0]) {
        memory.space.unmap(each.start(), each.size());
      }
    }
    memory.dropUnmapped();
    segment.detached(task.process.id, IpcCommands.now(kernel));
    segments();
    return 0;
  }

  private long control(Task task, long[] a) {
    int command = (int) a[1] & ~IpcCommands.STRUCTURES_64;
    return switch (command) {
      case IpcCommands.INFO -> limits(task, a[2]);
      case SHM_INFO -> info(task, a[2]);
      case IpcCommands.STAT -> stat(task, segments().of((int) a[0]), a[2], true, 0);
      case SHM_STAT, SHM_STAT_ANY -> {
        Segment segment = segments().at((int) a[0]);
        yield stat(task, segment, a[2], command == SHM_STAT, segment.id());
      }
      case IpcCommands.SET -> {
        ByteBuffer from = Guest.struct(task, a[2], Segment.BYTES);
        Segment segment = segments().of((int) a[0]);
        segment.checkOwner(task.identity);
        segment.change(from, IpcCommands.now(kernel));
        yield 0;
      }
      case IpcCommands.RMID -> {
        Segment segment = segments().of((int) a[0]);
        segment.checkOwner(task.identity);
        segment.remove(); // it goes with the last who has attached it
        segments();
        yield 0;
      }
      case SHM_LOCK, SHM_UNLOCK -> {
        Segment segment = segments().of((int) a[0]);
        if (!task.identity.can(Capabilities.IPC_LOCK)) {
          segment.checkOwner(task.identity);
        }
        yield 0; // it is always in memory
      }
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private long stat(Task task, Segment segment, long address, boolean checks, long result) {
    if (checks) {
      segment.check(task.identity, IpcObject.READ);
    }
    ByteBuffer to = Guest.struct(Segment.BYTES);
    segment.put(to, users(segment));
    Guest.write(task, address, to);
    return result;
  }

  private long limits(Task task, long address) {
    ByteBuffer to = Guest.struct(LIMITS_BYTES);
    to.putLong(0, MOST_BYTES).putLong(8, 1).putLong(16, MOST_SEGMENTS);
    to.putLong(24, MOST_SEGMENTS).putLong(32, MOST_BYTES);
    Guest.write(task, address, to);
    return segments().highest();
  }

  private long info(Task task, long address) {
    ByteBuffer to = Guest.struct(INFO_BYTES);
    long pages =
        segments().all().stream().mapToLong(each -> MemoryRanges.pages(each.size()) / PAGE).sum();
    to.putInt(0, segments().all().size()).putLong(8, pages).putLong(16, pages);
    Guest.write(task, address, to);
    return segments().highest();
  }
}
