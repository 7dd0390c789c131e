package dev.axon64.linux.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.SignalDelivery;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of random calls with hostile arguments, {@code axon64.fuzz} calls in all: none throws,
 * nothing outside the root changes or is read, and the limits hold.
 */
class SyscallFuzzTest {
  private static final long SEED = 0x5ca11L;
  private static final int RUN = 250;
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

  @TempDir Path folder;
  private Path root;
  private Random random;
  private CallBench bench;
  private long vectors;
  private long mapped;
  private final long[] paths = new long[PATHS.length];

  @Test
  void hostileCallsDoNoHarm() throws IOException {
    int count = Integer.getInteger("axon64.fuzz", 2000);
    for (int i = 0; i * RUN < count * 5; i++) {
      random = new Random(SEED + i);
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
      end();
      delete(folder.resolve("run" + i));
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
    deliver(task);
    if (task.dead || task.parked || task.process.stopped) {
      return;
    }
    int number = number();
    SystemCall call = SystemCall.of(number);
    String format = call == null ? "" : call.format();
    long[] arguments = new long[6];
    for (int i = 0; i < 6; i++) {
      arguments[i] = argument(i < format.length() ? format.charAt(i) : 'x');
    }
    bench.call(task, number, arguments);
  }

  /** Mostly a call that the emulator has, and then mostly one that reaches files or memory. */
  private int number() {
    if (random.nextInt(40) == 0) {
      return random.nextInt(1000);
    }
    if (random.nextBoolean()) {
      return FAVOURITES.get(random.nextInt(FAVOURITES.size())).number();
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

  private static final List<SystemCall> FAVOURITES =
      Stream.of(
              """
              MKNODAT MKDIRAT UNLINKAT SYMLINKAT LINKAT RENAMEAT RENAMEAT2 TRUNCATE FTRUNCATE
              FALLOCATE FACCESSAT CHDIR FCHDIR FCHMODAT FCHOWNAT OPENAT OPENAT OPENAT OPENAT
              CLOSE PIPE2 GETDENTS64 LSEEK READ READ WRITE WRITE READV WRITEV PREAD64 PWRITE64
              SENDFILE READLINKAT NEWFSTATAT FSTAT UTIMENSAT STATX COPY_FILE_RANGE BRK MUNMAP
              MREMAP MMAP MMAP MPROTECT MADVISE MSYNC CLONE EXECVE WAIT4 FUTEX KILL
              RT_SIGACTION RT_SIGPROCMASK PPOLL PSELECT6 DUP3 FCNTL IOCTL NANOSLEEP SETITIMER
              RT_SIGRETURN
              """
                  .split("\\s+"))
          .map(SystemCall::valueOf)
          .toList();

  private void wake(Task task) {
    deliver(task);
    if (!task.dead && task.parked && !task.process.stopped) {
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
  private long argument(char kind) {
    if (random.nextInt(8) == 0) {
      return random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
    }
    return switch (kind) {
      case 's' -> paths[random.nextInt(paths.length)];
      case 'f' -> random.nextInt(4) == 0 ? random.nextInt(10) : -100;
      case 'i', 'o' -> random.nextInt(3) == 0 ? random.nextInt(1 << 12) : random.nextInt(9);
      case 'u' -> random.nextInt(random.nextBoolean() ? 64 : 200_000);
      default ->
          switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> FLAGS[random.nextInt(FLAGS.length)];
            case 2 -> mapped + random.nextInt(1 << 14) / 4096 * 4096L;
            case 3 -> vectors;
            default -> CallBench.SCRATCH + random.nextInt(CallBench.SCRATCH_SIZE) / 8 * 8L;
          };
    };
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
