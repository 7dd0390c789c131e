package dev.axon64.linux;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.FrameBuffer;
import dev.axon64.linux.display.XServer;
import dev.axon64.linux.fs.Devices;
import dev.axon64.linux.fs.HostTree;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.MemoryFolder;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.SharedBytes;
import dev.axon64.linux.fs.SocketNode;
import dev.axon64.linux.ipc.QueueFolder;
import dev.axon64.linux.proc.ProcTree;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.snapshot.LoneProgram;
import dev.axon64.linux.terminal.Console;
import dev.axon64.linux.terminal.Pseudoterminals;
import dev.axon64.machine.elf.ElfImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tree of files of one machine: what its guest sees at the root, and what is mounted there. */
final class GuestTree {
  /** Bytes for the folder and the program beside its contents. */
  private static final long SPARE = 1 << 20;

  private final Settings settings;
  private final Kernel kernel;

  /** The program, if the guest sees no other file, and the store that it lies in. */
  private LoneProgram lone;

  private MemoryStore loneStore;

  private MemoryFolder devices;

  /** The folder /tmp if it is in memory; otherwise null. */
  private MemoryFolder temporary;

  private GuestTree(Settings settings, Kernel kernel) {
    this.settings = settings;
    this.kernel = kernel;
  }

  /**
   * Builds the tree at the kernel's root.
   *
   * @throws InputException if the root folder or the program cannot be used
   */
  static GuestTree mount(Settings settings, Kernel kernel) {
    GuestTree tree = new GuestTree(settings, kernel);
    tree.checkRoot();
    if (settings.rootFolder == null) {
      tree.showProgramOnly();
    } else {
      tree.showRootFolder();
    }
    tree.mountSystemFolders();
    if (settings.sysroot != null) {
      tree.showSysroot();
    }
    return tree;
  }

  /** The program, if the guest sees no other file; otherwise null. */
  LoneProgram lone() {
    return lone;
  }

  /** The program's path in the tree. */
  String programPath() {
    return lone == null ? settings.program : "/" + lone.name();
  }

  /** Bytes that files in memory may still take. */
  long freeMemory() {
    return kernel.temporary.free() + (loneStore == null ? 0 : loneStore.free());
  }

  /** A name for the socket of a display; null where /tmp is the host's. */
  SocketNode displaySocket() {
    if (temporary == null) {
      return null;
    }
    MemoryFolder folder = new MemoryFolder(kernel.temporary, temporary, XServer.FOLDER, 01777);
    temporary.put(XServer.FOLDER, folder);
    return folder.createSocket(XServer.NAME, 0777);
  }

  /** Lets programs draw on a frame buffer. */
  void show(FrameBuffer frame) {
    devices.put(FrameBuffer.NAME, frame.node());
  }

  private void checkRoot() {
    if (settings.restored == null) {
      return;
    }
    boolean takenWithRoot = settings.restored.image().lone() == null;
    if (takenWithRoot != (settings.rootFolder != null)) {
      throw new InputException(
          settings.restored.file().toString(),
          takenWithRoot
              ? "was taken with a root folder; give the same one"
              : "was taken without a root folder; give none");
    }
  }

  private void showRootFolder() {
    try {
      HostTree host =
          new HostTree(
              settings.rootFolder,
              settings.writable,
              kernel.root,
              kernel.memoryLimit,
              kernel.temporary);
      checkBeforeTurns(host);
      kernel.root.setBase(host.top());
    } catch (IOException e) {
      throw new InputException(
          settings.rootFolder.toString(),
          "cannot be used as the root; give a folder that exists",
          e);
    }
  }

  /** Never writable, whatever the root is: others' programs live on a sysroot, too. */
  private void showSysroot() {
    try {
      HostTree host =
          new HostTree(settings.sysroot, false, kernel.root, kernel.memoryLimit, kernel.temporary);
      checkBeforeTurns(host);
      kernel.root.setSysroot(host.top());
    } catch (IOException e) {
      throw new InputException(
          settings.sysroot.toString(), "cannot be used as a sysroot; give a folder that exists", e);
    }
  }

  private void checkBeforeTurns(HostTree host) {
    Runnable others = kernel.beforeTurn;
    kernel.beforeTurn =
        () -> {
          others.run();
          host.check();
        };
  }

  /** A root with nothing but the program, at its own name. */
  private void showProgramOnly() {
    lone = settings.restored == null ? read(settings.program) : LoneProgram.of(settings.restored);
    byte[] bytes = lone.bytes();
    long writable = settings.writable ? settings.limits.temporary() : 0;
    loneStore =
        new MemoryStore(
            writable + bytes.length + SPARE, settings.uid, settings.gid, kernel.memoryLimit);
    MemoryFolder base = new MemoryFolder(loneStore, kernel.root, "", 0755);
    base.put(lone.name(), new MemoryFile(loneStore, 0755, bytes));
    if (!settings.writable) {
      loneStore.seal();
    }
    kernel.root.setBase(base);
  }

  private static LoneProgram read(String program) {
    Path file = Path.of(program);
    byte[] bytes = SharedBytes.of(() -> AtomicFiles.read(file, ElfImage.MOST_BYTES));
    return new LoneProgram(file.getFileName().toString(), bytes);
  }

  private void mountSystemFolders() {
    MemoryFolder dev = Devices.folder(kernel.temporary, kernel.root, kernel.random);
    mountTerminals(dev);
    dev.put("mqueue", new QueueFolder(kernel.ipc.named, dev));
    devices = dev;
    kernel.root.mount("dev", dev);
    kernel.root.mount("proc", ProcTree.of(kernel));
    if (!hasOwnTemporaryFolder()) {
      temporary = new MemoryFolder(kernel.temporary, kernel.root, "tmp", 01777);
      kernel.root.mount("tmp", temporary);
    }
  }

  private void mountTerminals(MemoryFolder dev) {
    MemoryFolder folder = new MemoryFolder(kernel.temporary, dev, "pts", 0755);
    dev.put("pts", folder);
    Pseudoterminals all = new Pseudoterminals(kernel.jobs, folder, kernel.jobs::caller);
    dev.put("ptmx", all.multiplexer());
    dev.put("tty", kernel.jobs.ownTerminal());
    if (settings.hasTerminal()) {
      kernel.console =
          new Console(
              kernel.jobs,
              all,
              settings.keyboard(kernel.input),
              settings.screen(),
              settings.hostTerminal,
              kernel.hostSignals::interrupt);
    }
  }

  /** Whether the guest can use the /tmp of its root folder. */
  private boolean hasOwnTemporaryFolder() {
    return settings.rootFolder != null
        && settings.writable
        && Files.isDirectory(settings.rootFolder.resolve("tmp"));
  }
}
