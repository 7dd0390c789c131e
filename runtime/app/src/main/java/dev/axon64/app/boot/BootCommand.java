package dev.axon64.app.boot;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.MachineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 boot}: an operating system, every kernel chosen by the network. */
@Command(
    name = "boot",
    mixinStandardHelpOptions = true,
    description = "Boot an operating system, every kernel chosen by the network.",
    footer = {
      "",
      "Exit status: 0 the guest switched off, 10 it asked for a restart, 11 it halted, 12 the limit of",
      "instructions was reached, 130 it was ended from the terminal, by Ctrl-A X.",
      "Example: axon64 boot --kernel Image --initrd initrd.gz --append console=ttyAMA0"
    })
public final class BootCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--kernel",
      paramLabel = "FILE",
      description = "Boot this arm64 Linux kernel: an Image, or one packed with gzip or zstd.")
  private Optional<Path> kernel;

  @Option(
      names = "--initrd",
      paramLabel = "FILE",
      description = "Give the kernel this initial file system.")
  private Optional<Path> initial;

  @Option(
      names = "--append",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Give the kernel this command line.")
  private String command;

  @Option(
      names = "--dtb",
      paramLabel = "FILE",
      description = "Give the kernel this flattened device tree instead of the machine's own.")
  private Optional<Path> tree;

  @Option(
      names = "--load",
      paramLabel = "ADDR=FILE",
      description =
          "Put this file's bytes at a physical address, in hexadecimal. Memory begins at 40000000.")
  private List<String> loads = List.of();

  @Option(
      names = "--entry",
      paramLabel = "ADDR",
      description = "Start at this physical address, in hexadecimal. Goes with --load.")
  private Optional<String> entry;

  @Option(
      names = "--disk",
      paramLabel = "FILE",
      description =
          "Give the machine a disk with this file's bytes, or a qcow2 image; again for more. What the"
              + " guest writes is forgotten at the end.")
  private List<Path> disks = List.of();

  @Option(names = "--writable-disk", description = "Let the guest change the files of its disks.")
  private boolean writable;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "512M",
      description = "Give the machine this much memory, as 512M or 2G. Default: ${DEFAULT-VALUE}.")
  private String memory;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      defaultValue = "1",
      description = "Give the machine 1 to 8 processors. Default: ${DEFAULT-VALUE}.")
  private int processors;

  @Option(
      names = "--instruction-time",
      paramLabel = "NS",
      defaultValue = "" + MachineSettings.PER_INSTRUCTION,
      description =
          "Let so many nanoseconds of the machine's time pass with each instruction. Default:"
              + " ${DEFAULT-VALUE}.")
  private int perInstruction;

  @Option(
      names = "--realtime",
      description = "Let the machine's time be the host's. Boots are not alike then.")
  private boolean realTime;

  /** Kinds of networks. */
  enum Net {
    /** None. */
    none,
    /** Sockets of the host. */
    user
  }

  @Option(
      names = "--net",
      paramLabel = "KIND",
      defaultValue = "none",
      description =
          "Give the machine no network (none), or one that reaches what this host reaches, its own"
              + " loopback as 10.0.2.2 included (user). Default: ${DEFAULT-VALUE}.")
  private Net net;

  @Option(
      names = "--forward",
      paramLabel = "HOSTPORT:GUESTPORT",
      description =
          "Lead TCP from this port of the host's loopback to the guest; again for more. Goes with"
              + " --net user.")
  private List<String> forwards = List.of();

  /** Kinds of consoles. */
  enum Console {
    /** The serial port. */
    serial,
    /** A virtio device. */
    virtio
  }

  @Option(
      names = "--console",
      paramLabel = "KIND",
      defaultValue = "serial",
      description =
          "Send what is typed to the serial port ttyAMA0 (serial) or to the console hvc0 (virtio)."
              + " Default: ${DEFAULT-VALUE}.")
  private Console console;

  @Option(
      names = "--share",
      paramLabel = "DIR",
      description = "Let the guest read this folder: mount -t virtiofs share /mnt.")
  private Optional<Path> share;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Write the machine's state to this file when it comes to the limit of instructions, and at"
              + " Ctrl-A S.")
  private Optional<Path> save;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description =
          "Go on from a state that was saved, in place of a kernel. Memory, processors and devices"
              + " must be given as then.")
  private Optional<Path> restore;

  @Option(names = "--limit", paramLabel = "N", description = "End after so many instructions.")
  private Optional<Long> limit;

  @Option(
      names = "--dispatch",
      paramLabel = "POLICY",
      defaultValue = "page",
      description =
          "Ask the network for a page of code when it is first executed (page), or for every"
              + " instruction (each). Default: ${DEFAULT-VALUE}.")
  private Policy policy;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write a line for each exception to this file.")
  private Optional<Path> trace;

  @Option(names = "--stats", description = "Print what was executed to standard error at the end.")
  private boolean stats;

  @Override
  public Integer call() {
    BootRequest request =
        new BootRequest(
            files(),
            new BootRequest.Disks(disks, writable),
            links(),
            new MachineSettings(Sizes.memory(memory), processors(), time()),
            model.choice(),
            policy,
            limit.orElse(Long.MAX_VALUE),
            trace,
            stats);
    return new Boot(request, spec.commandLine().getErr()).run();
  }

  private BootFiles files() {
    if (restore.isPresent()) {
      if (kernel.isPresent() || !loads.isEmpty() || tree.isPresent()) {
        throw new InputException("boot", "give --restore without what is put into memory");
      }
      return new BootFiles(
          kernel, initial, command, tree, List.of(), Optional.empty(), restore, save);
    }
    if (kernel.isPresent() == !loads.isEmpty()) {
      throw new InputException("boot", "give either --kernel or --load with --entry");
    }
    if (kernel.isEmpty() && entry.isEmpty()) {
      throw new InputException("boot", "give --entry, where the machine is to start");
    }
    if (kernel.isEmpty() && (initial.isPresent() || !command.isEmpty())) {
      throw new InputException("boot", "give --initrd and --append with --kernel only");
    }
    return new BootFiles(
        kernel,
        initial,
        command,
        tree,
        loads.stream().map(Sizes::load).toList(),
        entry.map(Sizes::address),
        restore,
        save);
  }

  private BootRequest.Links links() {
    if (net == Net.none && !forwards.isEmpty()) {
      throw new InputException("forward", "needs a network; give --net user with it");
    }
    return new BootRequest.Links(
        net == Net.user,
        forwards.stream().map(Sizes::forward).toList(),
        console == Console.virtio,
        share.map(BootCommand::folder));
  }

  private static Path folder(Path path) {
    if (!Files.isDirectory(path)) {
      throw new InputException(path.toString(), "is no folder that could be shared");
    }
    return path;
  }

  private int processors() {
    if (processors < 1 || processors > 8) {
      throw new InputException("processors", processors + " are not possible; give 1 to 8");
    }
    return processors;
  }

  private int time() {
    if (realTime) {
      return MachineSettings.REAL_TIME;
    }
    if (perInstruction < 1 || perInstruction > 1_000_000) {
      throw new InputException(
          "time of an instruction", perInstruction + " ns are not possible; give 1 to 1000000");
    }
    return perInstruction;
  }
}
