package dev.axon64.linux.call;

import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.Devices;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.HostOutput;
import dev.axon64.linux.fs.HostTree;
import dev.axon64.linux.fs.MemoryFolder;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.RootDirectory;
import dev.axon64.linux.fs.StandardStreams;
import dev.axon64.linux.proc.ProcTree;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A kernel with one process that has scratch memory and no program. Tests make its calls. */
final class CallBench {
  static final long SCRATCH = 0x1000_0000L;
  static final int SCRATCH_SIZE = 1 << 20;

  final Kernel kernel;
  final Syscalls calls;
  final Task task;
  final ByteArrayOutputStream output = new ByteArrayOutputStream();
  final List<String> warnings = new ArrayList<>();
  final List<String> trace = new ArrayList<>();
  private long next = SCRATCH;

  /** A kernel whose root is a folder of the host. */
  CallBench(Path folder, boolean writable, Limits limits, String input) throws IOException {
    RootDirectory root = new RootDirectory();
    root.setBase(new HostTree(folder, writable, root).top());
    HostInput stdin =
        new HostInput(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    kernel =
        new Kernel(
            limits,
            new MemoryLimit(limits.memory()),
            GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)),
            root,
            new MemoryStore(limits.temporary(), 0, 0),
            stdin,
            new Random(1)::nextBytes,
            warnings::add);
    calls = new Syscalls(kernel, trace::add);
    root.mount("dev", Devices.folder(kernel.temporary, root, kernel.random));
    root.mount("proc", ProcTree.of(kernel));
    root.mount("tmp", new MemoryFolder(kernel.temporary, root, "tmp", 01777));
    task = process(root, stdin);
  }

  private Task process(DirectoryNode root, HostInput stdin) {
    Process process = new Process(kernel.newId(), null, 0);
    process.group = process.id;
    process.session = process.id;
    process.name = "bench";
    process.memory = new ProcessMemory(new AddressSpace(kernel.memoryLimit));
    process.memory.breakStart = 0x2000_0000L;
    process.memory.breakEnd = process.memory.breakStart;
    process.memory.space.map(
        SCRATCH, SCRATCH_SIZE, AddressSpace.READ | AddressSpace.WRITE, "scratch");
    process.files =
        FileTable.of(
            new StandardStreams(stdin.open(), new HostOutput(output, 1), new HostOutput(output, 2)),
            kernel.limits.files());
    process.view = new FileView(root, root, 022);
    process.actions = new SignalActions();
    CpuState cpu = new CpuState();
    cpu.memory = process.memory.space;
    cpu.x[CpuState.SP] = SCRATCH + SCRATCH_SIZE - 64;
    Task first = new Task(process.id, process, cpu);
    kernel.begin(process, first);
    return first;
  }

  /** Makes a call from the first thread; the result, or a negative error number. */
  long call(SystemCall call, long... arguments) {
    return call(task, call.number(), arguments);
  }

  /** Makes a call from a thread. */
  long call(Task caller, SystemCall call, long... arguments) {
    return call(caller, call.number(), arguments);
  }

  /** Makes a call by its number, which may be that of no call. */
  long call(Task caller, int number, long... arguments) {
    caller.cpu.x[8] = number;
    for (int i = 0; i < 6; i++) {
      caller.cpu.x[i] = i < arguments.length ? arguments[i] : 0;
    }
    caller.wait = null;
    calls.call(caller);
    return caller.cpu.x[0];
  }

  /** Makes the call of a parked thread again. */
  long again(Task caller) {
    calls.call(caller);
    return caller.cpu.x[0];
  }

  /** Puts a string into scratch memory. */
  long text(String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    return bytes(bytes);
  }

  long bytes(byte[] bytes) {
    long at = room(bytes.length);
    task.cpu.memory.write(at, bytes);
    return at;
  }

  /** The address of so many bytes of scratch memory. */
  long room(int size) {
    if (next + size > SCRATCH + SCRATCH_SIZE / 2) {
      next = SCRATCH;
    }
    long at = next;
    next = next + size + 15 & -16;
    return at;
  }

  String string(long address, int length) {
    return new String(task.cpu.memory.read(address, length), StandardCharsets.UTF_8);
  }
}
