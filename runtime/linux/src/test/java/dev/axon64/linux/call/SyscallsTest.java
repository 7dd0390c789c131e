package dev.axon64.linux.call;

import static dev.axon64.linux.abi.SystemCall.BRK;
import static dev.axon64.linux.abi.SystemCall.CHDIR;
import static dev.axon64.linux.abi.SystemCall.CLONE;
import static dev.axon64.linux.abi.SystemCall.CLOSE;
import static dev.axon64.linux.abi.SystemCall.EXIT_GROUP;
import static dev.axon64.linux.abi.SystemCall.FCNTL;
import static dev.axon64.linux.abi.SystemCall.FTRUNCATE;
import static dev.axon64.linux.abi.SystemCall.FUTEX;
import static dev.axon64.linux.abi.SystemCall.GETCWD;
import static dev.axon64.linux.abi.SystemCall.GETDENTS64;
import static dev.axon64.linux.abi.SystemCall.GETPID;
import static dev.axon64.linux.abi.SystemCall.IO_URING_SETUP;
import static dev.axon64.linux.abi.SystemCall.KILL;
import static dev.axon64.linux.abi.SystemCall.LSEEK;
import static dev.axon64.linux.abi.SystemCall.MKDIRAT;
import static dev.axon64.linux.abi.SystemCall.MMAP;
import static dev.axon64.linux.abi.SystemCall.MREMAP;
import static dev.axon64.linux.abi.SystemCall.MUNMAP;
import static dev.axon64.linux.abi.SystemCall.NANOSLEEP;
import static dev.axon64.linux.abi.SystemCall.NEWFSTATAT;
import static dev.axon64.linux.abi.SystemCall.OPENAT;
import static dev.axon64.linux.abi.SystemCall.PIPE2;
import static dev.axon64.linux.abi.SystemCall.READ;
import static dev.axon64.linux.abi.SystemCall.READLINKAT;
import static dev.axon64.linux.abi.SystemCall.UNLINKAT;
import static dev.axon64.linux.abi.SystemCall.WAIT4;
import static dev.axon64.linux.abi.SystemCall.WRITE;
import static dev.axon64.linux.abi.SystemCall.WRITEV;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results and effects of single calls. */
class SyscallsTest {
  private static final long CWD = Flags.AT_FDCWD;

  @TempDir Path folder;
  private CallBench bench;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("root/sub"));
    Files.writeString(folder.resolve("secret"), "SECRET");
    Files.writeString(folder.resolve("root/file"), "contents");
    open(true, Limits.DEFAULT);
  }

  private void open(boolean writable, Limits limits) throws IOException {
    bench = new CallBench(folder.resolve("root"), writable, limits, "from stdin");
  }

  private long open(String path, int flags) {
    return bench.call(OPENAT, CWD, bench.text(path), flags, 0644);
  }

  private String read(long descriptor, int length) {
    long buffer = bench.room(length);
    long count = bench.call(READ, descriptor, buffer, length);
    return count < 0 ? Errno.name((int) -count) : bench.string(buffer, (int) count);
  }

  @Test
  void filesAreReadWrittenAndSought() throws IOException {
    long fd = open("/file", Flags.O_RDWR);
    assertEquals(3, fd);
    assertEquals("cont", read(fd, 4));
    assertEquals(8, bench.call(LSEEK, fd, 0, 2));
    assertEquals(5, bench.call(WRITE, fd, bench.text("added"), 5));
    assertEquals(-Errno.EINVAL, bench.call(LSEEK, fd, -1, 0));
    assertEquals(0, bench.call(FTRUNCATE, fd, 10));
    assertEquals(0, bench.call(CLOSE, fd));
    assertEquals(-Errno.EBADF, bench.call(CLOSE, fd));
    assertEquals("contentsad", Files.readString(folder.resolve("root/file")));
    assertEquals("from stdin", read(0, 100));
    assertEquals("", read(0, 100));
    assertEquals(2, bench.call(WRITE, 1, bench.text("hi"), 2));
    assertEquals("hi", bench.output.toString());
  }

  @Test
  void errorsAreThoseOfLinux() {
    assertEquals(-Errno.ENOENT, open("/none", 0));
    assertEquals(-Errno.EISDIR, open("/sub", Flags.O_WRONLY));
    assertEquals(-Errno.ENOTDIR, open("/file", Flags.O_DIRECTORY));
    assertEquals(-Errno.EEXIST, open("/file", Flags.O_CREAT | Flags.O_EXCL));
    assertEquals(-Errno.EEXIST, bench.call(MKDIRAT, CWD, bench.text("/sub"), 0755));
    assertEquals(-Errno.EFAULT, bench.call(OPENAT, CWD, 0x10, 0, 0));
    assertEquals(-Errno.EFAULT, bench.call(WRITE, 1, 0x10, 5));
    assertEquals(-Errno.EFAULT, bench.call(READ, 0, 1L << 60, 5));
    assertEquals(-Errno.EBADF, bench.call(READ, 77, CallBench.SCRATCH, 5));
    assertEquals(-Errno.EBADF, bench.call(READ, 1, CallBench.SCRATCH, 5));
    assertEquals(-Errno.ESPIPE, bench.call(LSEEK, 0, 0, 0));
    assertEquals(-Errno.EINVAL, bench.call(READLINKAT, CWD, bench.text("/file"), 0x1000_0000, 9));
    assertEquals(-Errno.EISDIR, bench.call(UNLINKAT, CWD, bench.text("/sub"), 0));
    assertEquals(-Errno.ENOTDIR, bench.call(UNLINKAT, CWD, bench.text("/file"), 0x200));
    assertEquals(-Errno.EINVAL, bench.call(FCNTL, 0, 999, 0));
    assertEquals(-Errno.ECHILD, bench.call(WAIT4, -1, 0, 0, 0));
    assertEquals(-Errno.ESRCH, bench.call(KILL, 30_000, 0));
    assertEquals(-Errno.ENOSYS, bench.call(bench.task, 999));
    assertEquals(-Errno.ENOSYS, bench.call(bench.task, 999));
    assertEquals(1, bench.warnings.size(), "one warning for each number");
  }

  @Test
  void sizesAreTakenAsTheKernelTakesThem() {
    long buffer = bench.room(64);
    long size = 0xffff_ffff_0000_0010L; // an int to readlinkat
    assertEquals(3, bench.call(READLINKAT, CWD, bench.text("/proc/self"), buffer, size));
    assertEquals(List.of(), bench.warnings);
  }

  @Test
  void withoutWritableNothingChanges() throws IOException {
    open(false, Limits.DEFAULT);
    assertEquals(-Errno.EROFS, open("/file", Flags.O_RDWR));
    assertEquals(-Errno.EROFS, open("/file", Flags.O_TRUNC));
    assertEquals(-Errno.EROFS, open("/new", Flags.O_CREAT | Flags.O_WRONLY));
    assertEquals(-Errno.EROFS, bench.call(UNLINKAT, CWD, bench.text("/file"), 0));
    assertTrue(open("/tmp/new", Flags.O_CREAT | Flags.O_WRONLY) >= 0, "/tmp is in memory");
    assertEquals("contents", Files.readString(folder.resolve("root/file")));
    assertFalse(Files.exists(folder.resolve("root/tmp")));
  }

  @Test
  void theWorkingFolderIsTheGuests() {
    assertEquals(0, bench.call(CHDIR, bench.text("/sub/../../../sub")));
    long buffer = bench.room(64);
    assertEquals(5, bench.call(GETCWD, buffer, 64));
    assertEquals("/sub", bench.string(buffer, 4));
    assertEquals(-Errno.ERANGE, bench.call(GETCWD, buffer, 4));
    assertEquals(-Errno.ENOENT, open("../secret", 0));
    assertEquals(-Errno.ENOENT, open("/proc/self/cwd/../../secret", 0));
    assertEquals(-Errno.ENOENT, open("/proc/self/root/../secret", 0));
    assertEquals(3, open("/proc/self/root/file", 0));
    assertEquals("contents", read(3, 100));
    assertEquals(4, open("/proc/self/fd/3", 0));
    assertEquals("contents", read(4, 100));
  }

  @Test
  void foldersAreListed() {
    long fd = open("/", Flags.O_DIRECTORY);
    long buffer = bench.room(4096);
    long count = bench.call(GETDENTS64, fd, buffer, 4096);
    String text = bench.string(buffer, (int) count);
    for (String name : new String[] {".", "..", "file", "sub", "dev", "proc", "tmp"}) {
      assertTrue(text.contains(name + "\0"), name);
    }
    assertEquals(0, bench.call(GETDENTS64, fd, buffer, 4096));
    assertEquals(-Errno.EINVAL, bench.call(GETDENTS64, open("/", 0), buffer, 8));
  }

  @Test
  void statHasTheLayoutOfArm64() {
    long buffer = bench.room(128);
    assertEquals(0, bench.call(NEWFSTATAT, CWD, bench.text("/file"), buffer, 0));
    assertEquals(8, bench.task.cpu.memory.load64(buffer + 48), "st_size");
    assertEquals(Flags.S_IFREG, bench.task.cpu.memory.load32(buffer + 16) & Flags.S_IFMT);
    assertEquals(4096, bench.task.cpu.memory.load32(buffer + 56), "st_blksize");
    assertEquals(0, bench.call(NEWFSTATAT, CWD, bench.text("/dev/null"), buffer, 0));
    assertEquals(0x103, bench.task.cpu.memory.load64(buffer + 32), "st_rdev");
  }

  @Test
  void aPipeBlocksUntilTheOtherSideActs() {
    long pair = bench.room(8);
    assertEquals(0, bench.call(PIPE2, pair, 0));
    long buffer = bench.room(16);
    Task task = bench.task;
    bench.call(READ, 3, buffer, 16);
    assertTrue(task.parked);
    assertFalse(task.wait.ready().getAsBoolean());
    long hello = bench.text("hello");
    Task child = fork();
    assertEquals(5, bench.call(child, WRITE, 4, hello, 5));
    assertTrue(task.wait.ready().getAsBoolean());
    restore(READ, 3, buffer, 16);
    assertEquals(5, bench.again(task));
    assertEquals("hello", bench.string(buffer, 5));
    bench.call(child, EXIT_GROUP, 0);
    bench.call(CLOSE, 4);
    assertEquals(0, bench.call(READ, 3, buffer, 16), "the end, without writers");
  }

  @Test
  void pipesTakeTheFlagsOfArm64() {
    long pair = bench.room(8);
    assertEquals(0, bench.call(PIPE2, pair, Flags.O_DIRECT | Flags.O_NONBLOCK | Flags.O_CLOEXEC));
    assertEquals(-Errno.EAGAIN, bench.call(READ, 3, pair, 1));
    assertEquals(-Errno.EINVAL, bench.call(PIPE2, pair, Flags.O_DIRECTORY));
  }

  @Test
  void aVectorThatIsLongerThanAPipeIsWrittenOnce() {
    int size = 3 * Pipe.CAPACITY + 1000;
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    long data = bench.bytes(bytes);
    long vector = bench.room(16);
    bench.task.cpu.memory.store64(vector, data);
    bench.task.cpu.memory.store64(vector + 8, size);
    bench.call(PIPE2, bench.room(8), 0);
    Task reader = fork();
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    long result = bench.call(WRITEV, 4, vector, 1);
    while (bench.task.parked && got.size() < 2 * size) {
      long count = bench.call(reader, READ, 3, CallBench.SCRATCH, Pipe.CAPACITY);
      got.writeBytes(reader.cpu.memory.read(CallBench.SCRATCH, (int) count));
      restore(WRITEV, 4, vector, 1);
      result = bench.again(bench.task);
    }
    long rest = bench.call(reader, READ, 3, CallBench.SCRATCH, Pipe.CAPACITY);
    got.writeBytes(reader.cpu.memory.read(CallBench.SCRATCH, (int) rest));
    assertEquals(size, result);
    assertArrayEquals(bytes, got.toByteArray());
  }

  private Task fork() {
    boolean parked = bench.task.parked;
    var wait = bench.task.wait;
    long id = bench.call(CLONE, Signals.SIGCHLD, 0, 0, 0, 0);
    bench.task.parked = parked;
    bench.task.wait = wait;
    return bench.kernel.task((int) id);
  }

  private void restore(SystemCall call, long... arguments) {
    bench.task.cpu.x[8] = call.number();
    System.arraycopy(arguments, 0, bench.task.cpu.x, 0, arguments.length);
  }

  @Test
  void aBrokenPipeSendsSigpipe() {
    long pair = bench.room(8);
    bench.call(PIPE2, pair, 0);
    bench.call(CLOSE, 3);
    assertEquals(-Errno.EPIPE, bench.call(WRITE, 4, pair, 1));
    assertEquals(Signals.bit(Signals.SIGPIPE), bench.task.pending.set());
  }

  @Test
  void childrenAreAwaited() {
    Task child = fork();
    assertEquals(child.id, bench.call(child, GETPID));
    assertEquals(0, bench.call(WAIT4, -1, 0, 1, 0), "WNOHANG");
    bench.call(child, EXIT_GROUP, 0x1ff);
    assertTrue(child.process.isZombie());
    assertEquals(0, bench.task.process.pending.set(), "SIGCHLD is ignored by default");
    long status = bench.room(4);
    assertEquals(child.id, bench.call(WAIT4, -1, status, 0, 0));
    assertEquals(0xff00, bench.task.cpu.memory.load32(status));
    assertEquals(-Errno.ECHILD, bench.call(WAIT4, -1, 0, 0, 0));
  }

  @Test
  void forkedMemoryIsOnesOwn() {
    long word = bench.room(8);
    bench.task.cpu.memory.store64(word, 1);
    Task child = fork();
    child.cpu.memory.store64(word, 2);
    assertEquals(1, bench.task.cpu.memory.load64(word));
    Process process = child.process;
    bench.call(child, EXIT_GROUP, 0);
    assertEquals(0, process.memory.users);
  }

  @Test
  void memoryIsMappedAndMoved() {
    long start = bench.call(MMAP, 0, 8192, 3, 0x22, -1, 0);
    assertTrue(start > 0);
    bench.task.cpu.memory.store64(start + 4096, 7);
    long moved = bench.call(MREMAP, start, 8192, 1 << 20, 1);
    assertEquals(7, bench.task.cpu.memory.load64(moved + 4096));
    assertEquals(0, bench.call(MUNMAP, moved, 1 << 20));
    assertEquals(-Errno.EINVAL, bench.call(MUNMAP, 1, 4096));
    assertEquals(-Errno.EINVAL, bench.call(MMAP, 0, 0, 3, 0x22, -1, 0));
    assertEquals(-Errno.ENOMEM, bench.call(MMAP, 0, 1L << 46, 3, 0x22, -1, 0));
    assertTrue(bench.call(MMAP, 0, 1L << 40, 0, 0x22, -1, 0) > 0, "no access, no memory");
    long end = bench.call(BRK, 0);
    assertEquals(end + 100, bench.call(BRK, end + 100));
    bench.task.cpu.memory.store8(end + 99, 1);
    assertEquals(end + 100, bench.call(BRK, 5), "a wrong break changes nothing");
  }

  @Test
  void sleepEndsAtItsTime() {
    long time = bench.room(16);
    bench.task.cpu.memory.store64(time, 2);
    bench.task.cpu.memory.store64(time + 8, 5);
    bench.call(NANOSLEEP, time, 0);
    assertTrue(bench.task.parked);
    assertEquals(2_000_000_005L, bench.task.wait.deadline());
    bench.task.timedOut = true;
    restore(NANOSLEEP, time, 0);
    assertEquals(0, bench.again(bench.task));
    bench.task.cpu.memory.store64(time + 8, 1_000_000_000);
    assertEquals(-Errno.EINVAL, bench.call(NANOSLEEP, time, 0));
  }

  @Test
  void futexesWaitAndWake() {
    long word = bench.room(8);
    long thread = bench.call(CLONE, 0x50f00, CallBench.SCRATCH + 4096, 0, 0, 0);
    Task other = bench.kernel.task((int) thread);
    assertEquals(-Errno.EAGAIN, bench.call(FUTEX, word, 0, 1, 0));
    bench.call(FUTEX, word, 0, 0, 0);
    assertTrue(bench.task.parked);
    assertEquals(1, bench.call(other, FUTEX, word, 1, 10, 0));
    assertTrue(bench.task.wait.ready().getAsBoolean());
    restore(FUTEX, word, 0, 0, 0);
    assertEquals(0, bench.again(bench.task));
    assertEquals(0, bench.call(other, FUTEX, word, 1, 10, 0));
    assertEquals(-Errno.EINVAL, bench.call(FUTEX, word + 1, 1, 1, 0));
  }

  @Test
  void limitsEndInTheErrorsOfLinux() throws IOException {
    open(true, Limits.DEFAULT.withFiles(5).withTasks(2).withFileSize(100));
    assertEquals(3, open("/file", Flags.O_RDWR));
    assertEquals(4, open("/file", 0));
    assertEquals(-Errno.EMFILE, open("/file", 0));
    assertEquals(-Errno.EMFILE, bench.call(PIPE2, bench.room(8), 0));
    fork();
    assertEquals(-Errno.EAGAIN, bench.call(CLONE, Signals.SIGCHLD, 0, 0, 0, 0));
    assertEquals(-Errno.EFBIG, bench.call(FTRUNCATE, 3, 101));
    assertEquals(Signals.bit(Signals.SIGXFSZ), bench.task.pending.set());
    assertEquals(100, bench.call(WRITE, 3, CallBench.SCRATCH, 200));
    assertEquals(-Errno.EFBIG, bench.call(WRITE, 3, CallBench.SCRATCH, 1));
    assertEquals(100, Files.size(folder.resolve("root/file")));
  }

  @Test
  void filesInMemoryHaveALimit() throws IOException {
    open(true, new Limits(64L << 20, Long.MAX_VALUE, 4, 16, 1 << 20, 200_000));
    long free = bench.kernel.temporary.free();
    long result = 0;
    int made = 0;
    while (result == 0) {
      result = bench.call(MKDIRAT, CWD, bench.text("/tmp/" + made++), 0755);
    }
    assertEquals(-Errno.ENOSPC, result);
    for (int i = 0; i < made - 1; i++) {
      assertEquals(0, bench.call(UNLINKAT, CWD, bench.text("/tmp/" + i), 0x200));
    }
    long fd = open("/tmp/file", Flags.O_CREAT | Flags.O_RDWR);
    long written = bench.call(WRITE, fd, CallBench.SCRATCH, 400_000);
    assertTrue(written > 0 && written < 200_000, () -> "a part is written: " + written);
    assertEquals(-Errno.ENOSPC, bench.call(WRITE, fd, CallBench.SCRATCH, 20_000));
    bench.call(UNLINKAT, CWD, bench.text("/tmp/file"), 0);
    bench.call(CLOSE, fd);
    assertEquals(free, bench.kernel.temporary.free());
  }

  @Test
  void callsAreTracedAsStraceDoes() {
    open("/none", 0);
    assertTrue(
        bench.trace.getLast().endsWith("openat(AT_FDCWD, \"/none\", 0x0, 0644) = -1 ENOENT"),
        bench.trace.getLast());
  }

  @Test
  void aCallThatIsNotProvidedIsKnownByItsName() {
    assertEquals(-Errno.ENOSYS, bench.call(IO_URING_SETUP, 8, 0));
    assertTrue(
        bench.trace.getLast().endsWith("io_uring_setup(8, 0x0) = -1 ENOSYS"),
        bench.trace.getLast());
    assertEquals(
        List.of("system call io_uring_setup (425) is not known here; the program gets ENOSYS"),
        bench.warnings);
  }
}
