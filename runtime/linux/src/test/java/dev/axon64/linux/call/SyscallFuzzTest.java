package dev.axon64.linux.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.SignalDelivery;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Tracing.Mode;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of random calls with hostile arguments, {@code axon64.fuzz} calls in all: none throws,
 * nothing outside the root changes or is read, and the limits hold.
 */
class SyscallFuzzTest {
  private static final long SEED = 0x5ca11L;
  private static final int RUN = 500;
  private static final long MEMORY = 48L << 20;
  private static final long FILE_SIZE = 1 << 16;
  private static final String SECRET = "MUST-NOT-BE-SEEN";

  private static final Limits LIMITS =
      new Limits(MEMORY, Long.MAX_VALUE, 12, 24, FILE_SIZE, 1 << 20);

  private static final String[] PATHS = {
    "/",
    ".",
    "..",
    "",
    "/file",
    "file",
    "/sub",
    "sub/x",
    "/sub/../../secret",
    "../secret",
    "/up",
    "/far",
    "/out",
    "/out/secret",
    "/up/",
    "/loop",
    "/dir",
    "/dir/y",
    "/proc/self/exe",
    "/proc/self/root/../secret",
    "/proc/self/cwd/../../secret",
    "/proc/self/fd/0",
    "/proc/self/fd/3",
    "/proc/self/fd/4/../secret",
    "/proc/self/maps",
    "/proc/meminfo",
    "/proc/100/environ",
    "/proc/self/task/100/cwd",
    "/dev/null",
    "/dev/urandom",
    "/dev/stdout",
    "/dev/tty",
    "/dev/full",
    "/tmp",
    "/tmp/a",
    "/tmp/b",
    "/tmp/../..",
    "/tmp/l/../../secret",
    "/dev/shm/x",
    "a/b/c/d/e/f",
    "\u00e4\u00f6",
    "/sub/./././",
    "//file//",
    "x\\..\\secret",
    "/sub/" + "n".repeat(255),
    "n".repeat(300),
    "queue",
    "another",
    "/proc/100/mem",
    "/proc/101/mem",
    "../".repeat(200) + "secret",
  };

  private static final long[] EXTREMES = {
    0,
    1,
    2,
    3,
    4,
    5,
    -1,
    -2,
    -100,
    8,
    16,
    24,
    128,
    255,
    256,
    4095,
    4096,
    4097,
    0x1000,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    1L << 32,
    1L << 47,
    1L << 48,
    (1L << 48) - 1,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff_ffff_e000L,
    0xffff_ffff_f000L,
    -4096,
    0x241,
    0x42,
    0x400,
    0x4000,
    0x22,
    0x21,
    0x11,
    0x200000,
    0x100,
    0x11000,
    0x50f00,
    17,
  };

  private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w+)(?:\\(.*\\))? = (.+)$");

  private final Map<String, Long> made = new TreeMap<>();
  private final Map<String, Long> done = new TreeMap<>();

  @TempDir Path folder;
  private Path root;
  private Random random;
  private CallBench bench;
  private long vectors;
  private long mapped;
  private List<SystemCall> theme;
  private FuzzSequences sequences;

  /** Where names of sockets lie, and other structures that calls take. */
  private final List<Long> structures = new ArrayList<>();

  private final long[] paths = new long[PATHS.length];

  @Test
  void hostileCallsDoNoHarm() throws IOException {
    int count = Integer.getInteger("axon64.fuzz", 2000);
    for (int i = 0; i * RUN < count * 5; i++) {
      random = new Random(SEED + i);
      theme = THEMES.get(random.nextInt(THEMES.size()));
      root = folder.resolve("run" + i + "/root");
      tree();
      Map<String, String> before = outside();
      bench = new CallBench(root, random.nextInt(4) != 0, LIMITS, "input ".repeat(100));
      fill();
      try {
        for (int k = 0; k < RUN; k++) {
          step();
        }
        checkLimits();
      } catch (RuntimeException e) {
        throw new AssertionError("run " + i + ": " + lastCalls(), e);
      }
      assertTrue(
          bench.warnings.stream().noneMatch(w -> w.contains("inside")),
          () -> "run: " + bench.warnings + lastCalls());
      assertEquals(before, outside(), "run " + i + ": " + lastCalls());
      checkNothingSeen("run " + i);
      bench.trace.forEach(this::tally);
      end();
      delete(folder.resolve("run" + i));
    }
    System.out.printf(
        "%,d random calls of %d kinds; never done by any: %s%n",
        made.values().stream().mapToLong(n -> n).sum(),
        made.size(),
        made.keySet().stream().filter(name -> !done.containsKey(name)).toList());
  }

  /** Counts a call that a line of the trace tells of, and whether it was done. */
  private void tally(String line) {
    Matcher call = CALL.matcher(line);
    if (call.find()) {
      made.merge(call.group(1), 1L, Long::sum);
      if (!call.group(2).startsWith("-1 E")) {
        done.merge(call.group(1), 1L, Long::sum);
      }
    }
  }

  private String lastCalls() {
    List<String> trace = bench.trace;
    return trace.subList(Math.max(0, trace.size() - 8), trace.size()).toString();
  }

  private void tree() throws IOException {
    Files.createDirectories(root.resolve("sub/deep"));
    Files.writeString(root.resolveSibling("secret"), SECRET);
    Files.createDirectories(root.resolveSibling("other"));
    Files.writeString(root.resolveSibling("other/secret"), SECRET);
    Files.writeString(root.resolve("file"), "harmless");
    Path program = root.resolve(FuzzSequences.PROGRAM);
    Files.write(program, FuzzSequences.program());
    program.toFile().setExecutable(true, false);
    Files.createSymbolicLink(root.resolve("up"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("far"), root.resolveSibling("secret"));
    Files.createSymbolicLink(root.resolve("out"), root.getParent());
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(root.resolve("dir"), Path.of("sub"));
  }

  /** Everything beside the root: kinds, sizes, times and contents. */
  private Map<String, String> outside() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root.getParent())) {
      for (Path file : files.filter(f -> !f.startsWith(root)).toList()) {
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        all.put(
            file.toString(),
            regular
                ? Files.readString(file)
                    + Files.getLastModifiedTime(file)
                    + Files.getAttribute(file, "posix:permissions")
                : "folder");
      }
    }
    return all;
  }

  private void fill() {
    for (int i = 0; i < PATHS.length; i++) {
      paths[i] = bench.text(PATHS[i]);
    }
    byte[] noise = new byte[8192];
    random.nextBytes(noise);
    bench.bytes(noise);
    vectors = bench.room(512);
    structures();
    sequences = new FuzzSequences(bench, random);
    mapped = 0x7000_0000L;
    bench.task.process.memory.space.map(mapped, 1 << 14, 7, "");
    for (int i = 0; i < 32; i++) {
      bench.task.cpu.memory.store64(
          vectors + 16L * i, CallBench.SCRATCH + random.nextInt(CallBench.SCRATCH_SIZE));
      bench.task.cpu.memory.store64(vectors + 16L * i + 8, random.nextInt(2000));
    }
  }

  private void step() {
    List<Task> tasks = bench.kernel.tasks();
    if (tasks.isEmpty()) {
      return;
    }
    Task task = tasks.get(random.nextInt(tasks.size()));
    if (task.parked) {
      wake(task);
      return;
    }
    if (task.isHeld()) {
      goOn(task);
      return;
    }
    if (task.hasToResume()) {
      bench.kernel.tracer.resume(task);
      return;
    }
    deliver(task);
    if (task.dead || task.parked || task.isHeld()) {
      return;
    }
    if (random.nextInt(25) == 0) {
      sequences.run(task);
      return;
    }
    int number = number();
    SystemCall call = SystemCall.of(number);
    String format = call == null ? "" : call.format();
    long[] arguments = new long[6];
    for (int i = 0; i < 6; i++) {
      arguments[i] = argument(task, i < format.length() ? format.charAt(i) : 'x');
    }
    if (format.startsWith("s") && call.name().startsWith("MQ_") && random.nextInt(8) != 0) {
      arguments[0] = paths[QUEUE + random.nextInt(2)];
    }
    if (call == SystemCall.PTRACE || call == SystemCall.PROCESS_VM_READV) {
      int which = call == SystemCall.PTRACE ? 1 : 0;
      arguments[0] = REQUESTS[random.nextInt(REQUESTS.length)];
      arguments[which] = tasks.get(random.nextInt(tasks.size())).id;
    }
    if (!bench.kernel.tracedCalls.beforeCall(task, () -> bench.call(task, number, arguments))) {
      bench.call(task, number, arguments);
    }
    bench.kernel.tracedCalls.afterCall(task);
  }

  /** The place of a name that queues may have, as the next one. */
  private static final int QUEUE = List.of(PATHS).indexOf("queue");

  private static final long[] REQUESTS = {
    0, 0, 1, 2, 4, 5, 7, 7, 8, 9, 16, 16, 17, 24, 24, 24, 31, 0x4200, 0x4200, 0x4201, 0x4202,
    0x4203, 0x4204, 0x4205, 0x4206, 0x4206, 0x4207, 0x4208, 0x420a, 0x420b, 0x420e, 3, 12, 99,
  };

  /** What a stopped thread needs that its tracer does not do by itself. */
  private void goOn(Task task) {
    if (task.tracing == null) {
      if (random.nextInt(4) == 0) {
        bench.kernel.signals.send(
            task.process, SigInfo.from(Signals.SIGCONT, Signals.SI_USER, 1, 0));
      }
    } else if (random.nextInt(3) == 0) {
      Mode[] modes = Mode.values();
      bench.kernel.tracer.goOn(task, modes[random.nextInt(modes.length)], random.nextInt(65));
    }
  }

  /** Mostly a call that the emulator has, and then mostly one of the run's theme. */
  private int number() {
    if (random.nextInt(40) == 0) {
      return random.nextInt(1000);
    }
    if (random.nextInt(4) != 0) {
      return theme.get(random.nextInt(theme.size())).number();
    }
    int number;
    do {
      number = random.nextInt(500);
    } while (!isAvailable(number)
        || number == SystemCall.EXIT.number()
        || number == SystemCall.EXIT_GROUP.number());
    return number;
  }

  private boolean isAvailable(int number) {
    SystemCall call = SystemCall.of(number);
    return call != null && bench.calls.table().handler(call) != null;
  }

  /** Calls that belong together; a run prefers those of one line. */
  private static final List<List<SystemCall>> THEMES =
      Stream.of(
              """
              MKNODAT MKDIRAT UNLINKAT SYMLINKAT LINKAT RENAMEAT RENAMEAT2 TRUNCATE FTRUNCATE \
              FALLOCATE FACCESSAT CHDIR FCHDIR FCHMODAT FCHOWNAT OPENAT OPENAT OPENAT OPENAT CLOSE \
              PIPE2 GETDENTS64 LSEEK READ WRITE READV WRITEV PREAD64 PWRITE64 PREADV2 PWRITEV2 \
              SENDFILE READLINKAT NEWFSTATAT FSTAT UTIMENSAT STATX COPY_FILE_RANGE OPENAT2 MEMFD_CREATE
              BRK MUNMAP MREMAP MMAP MMAP MPROTECT MADVISE MSYNC MINCORE SHMGET SHMAT SHMDT SHMCTL
              CLONE CLONE CLONE3 EXECVE WAIT4 WAITID FUTEX KILL TGKILL RT_SIGACTION RT_SIGPROCMASK \
              RT_SIGRETURN RT_SIGSUSPEND PPOLL PSELECT6 DUP3 FCNTL IOCTL NANOSLEEP SETITIMER \
              PIDFD_OPEN PIDFD_SEND_SIGNAL TIMER_CREATE TIMER_SETTIME TIMER_DELETE
              SOCKET SOCKET SOCKETPAIR BIND BIND CONNECT CONNECT LISTEN ACCEPT4 SENDTO SENDTO SENDMSG \
              RECVFROM RECVMSG SHUTDOWN GETSOCKNAME GETPEERNAME SETSOCKOPT GETSOCKOPT READ WRITE CLOSE \
              FCNTL PPOLL SENDMMSG RECVMMSG
              EPOLL_CREATE1 EPOLL_CTL EPOLL_CTL EPOLL_PWAIT EVENTFD2 EVENTFD2 TIMERFD_CREATE \
              TIMERFD_SETTIME TIMERFD_GETTIME SIGNALFD4 INOTIFY_INIT1 INOTIFY_ADD_WATCH \
              INOTIFY_RM_WATCH PIPE2 SPLICE TEE VMSPLICE READ WRITE CLOSE DUP3 FCNTL OPENAT UNLINKAT
              MQ_OPEN MQ_OPEN MQ_TIMEDSEND MQ_TIMEDSEND MQ_TIMEDRECEIVE MQ_NOTIFY MQ_UNLINK \
              MQ_GETSETATTR READ CLOSE SEMGET SEMOP SEMTIMEDOP SEMCTL MSGGET MSGSND MSGRCV MSGCTL CLONE
              CLONE CLONE PTRACE PTRACE PTRACE PTRACE PTRACE PTRACE PROCESS_VM_READV \
              PROCESS_VM_WRITEV WAIT4 WAITID KILL GETPID READ WRITE EXECVE EXIT OPENAT PREAD64 PWRITE64
              """
                  .lines()
                  .toArray(String[]::new))
          .map(line -> Stream.of(line.split("\\s+")).map(SystemCall::valueOf).toList())
          .toList();

  private void wake(Task task) {
    deliver(task);
    if (task.isHeld()) {
      goOn(task);
    } else if (!task.dead && task.parked) {
      if (task.wait.ready().getAsBoolean()) {
        bench.again(task);
      } else if (task.wait.deadline() != Long.MAX_VALUE || random.nextInt(8) == 0) {
        bench.kernel.clock.advance(1_000_000);
        task.timedOut = task.wait.deadline() != Long.MAX_VALUE;
        bench.again(task);
      } else if (random.nextInt(4) == 0) {
        bench.kernel.end.process(task.process, Signals.SIGKILL);
      }
    }
  }

  private void deliver(Task task) {
    new SignalDelivery(bench.kernel, (t, info) -> {}).deliver(task);
  }

  /** An argument that is mostly of the kind that a call expects. */
  private long argument(Task task, char kind) {
    if (random.nextInt(8) == 0) {
      return random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
    }
    return switch (kind) {
      case 's' -> paths[random.nextInt(paths.length)];
      case 'f' -> random.nextInt(4) == 0 ? random.nextInt(10) : -100;
      case 'i', 'o' ->
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1 << 12);
            case 1 -> random.nextInt(9) + (random.nextInt(3) == 0 ? Kernel.FIRST_ID : 0);
            default -> descriptor(task);
          };
      case 'u' ->
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(64);
            case 1 -> random.nextInt(200_000);
            default -> SIZES[random.nextInt(SIZES.length)];
          };
      default ->
          switch (random.nextInt(8)) {
            case 0 -> 0;
            case 5, 6 -> structures.get(random.nextInt(structures.size()));
            case 1, 7 -> FLAGS[random.nextInt(FLAGS.length)];
            case 2 -> mapped + random.nextInt(1 << 14) / 4096 * 4096L;
            case 3 -> vectors;
            default -> CallBench.SCRATCH + random.nextInt(CallBench.SCRATCH_SIZE) / 8 * 8L;
          };
    };
  }

  private static final long[] SIZES = {0, 1, 4, 8, 8, 16, 16, 24, 28, 56, 64, 88, 128};

  /** One that is open, if any is. */
  private int descriptor(Task task) {
    List<Integer> open = task.process.files.descriptors();
    return open.isEmpty() ? 0 : open.get(random.nextInt(open.size()));
  }

  /** What calls take beside numbers and texts; each lies where it is valid for some call. */
  private void structures() {
    structures.clear();
    structure(16, b -> b.putShort(0, (short) 2).putShort(2, (short) 0x5000).putInt(4, 0x0100007f));
    structure(28, b -> b.putShort(0, (short) 10).putShort(2, (short) 0x5000).put(23, (byte) 1));
    structure(24, b -> b.putShort(0, (short) 1).put(3, (byte) 'a').put(4, (byte) 'b'));
    structure(24, b -> b.putShort(0, (short) 1).put(2, (byte) 's').put(3, (byte) 'k'));
    structure(16, b -> b.putInt(0, 0x19).putLong(4, 7)); // an epoll_event
    structure(32, b -> b.putLong(8, 1_000_000).putLong(24, 2_000_000)); // an itimerspec
    structure(64, b -> b.putLong(8, 4).putLong(16, 64)); // an mq_attr
    structure(64, b -> b.putInt(8, Signals.SIGUSR1)); // a sigevent
    structure(16, b -> b.putLong(0, 1).putLong(8, 0x41414141)); // a message, a semaphore's change
    structure(88, b -> b.putLong(32, Signals.SIGCHLD)); // a clone_args
    structure(16, b -> b.putLong(0, CallBench.SCRATCH).putLong(8, 272)); // an iovec
    structure(
        56, b -> b.putLong(16, vectors).putLong(24, 3).putLong(32, CallBench.SCRATCH)); // a msghdr
  }

  private void structure(int size, Consumer<ByteBuffer> content) {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    content.accept(bytes);
    structures.add(bench.bytes(bytes.array()));
  }

  private static final long[] FLAGS = {
    1, 2, 3, 4, 7, 8, 0x10, 0x11, 0x21, 0x22, 0x32, 0x40, 0x42, 0x100, 0x200, 0x240, 0x241, 0x242,
    0x400, 0x442, 0x800, 0x1000, 0x1200011, 0x4111, 0x50f00, 0x4000, 0x8000, 0x80000, 0x200000, 17,
  };

  private void checkLimits() throws IOException {
    assertTrue(bench.kernel.memoryLimit.used() <= MEMORY);
    assertTrue(bench.kernel.tasks().size() <= LIMITS.tasks());
    assertTrue(bench.kernel.temporary.free() >= 0);
    for (Process process : bench.kernel.processes.values()) {
      if (!process.isZombie()) {
        assertTrue(process.files.descriptors().size() <= LIMITS.files());
      }
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        assertTrue(Files.size(file) <= FILE_SIZE, file.toString());
      }
    }
  }

  /** The secret is in no memory of the guest, and was not copied to a place that it can read. */
  private void checkNothingSeen(String run) throws IOException {
    for (Process process : bench.kernel.processes.values()) {
      if (!process.isZombie()) {
        for (Mapping mapping : process.memory.space.mappings()) {
          search(run, process.memory.space, mapping);
        }
      }
    }
    assertTrue(!bench.output.toString(StandardCharsets.ISO_8859_1).contains(SECRET), run);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(!text.contains(SECRET), run + ": " + file);
      }
    }
  }

  private static void search(String run, AddressSpace space, Mapping mapping) {
    int size = (int) Math.min(mapping.size(), 2L << 20);
    try {
      String text = new String(space.read(mapping.start(), size), StandardCharsets.ISO_8859_1);
      assertTrue(!text.contains(SECRET), run + ": in memory at " + mapping);
    } catch (MemoryFault e) {
      return; // not readable, also not for the guest
    }
  }

  private void end() {
    for (Process process : List.copyOf(bench.kernel.processes.values())) {
      bench.kernel.end.process(process, Signals.SIGKILL);
    }
    assertEquals(0, bench.kernel.memoryLimit.used(), "all memory is given back");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          file.toFile().setWritable(true);
        }
        Files.delete(file);
      }
    }
  }
}
