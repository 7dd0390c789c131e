package dev.axon64.app.boot;

import dev.axon64.app.guest.Terminals;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.terminal.HostTerminal;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.Machine;
import dev.axon64.system.MachineEnd;
import dev.axon64.system.boot.KernelImage;
import dev.axon64.system.boot.LinuxBoot;
import dev.axon64.system.boot.PackedImage;
import dev.axon64.system.cpu.Exceptions;
import dev.axon64.system.cpu.Misdispatched;
import dev.axon64.system.net.Forward;
import dev.axon64.system.net.UserNetwork;
import dev.axon64.system.share.SharedFolder;
import dev.axon64.system.tree.TreeBlob;
import dev.axon64.system.virtio.BlockDevice;
import dev.axon64.system.virtio.ConsoleDevice;
import dev.axon64.system.virtio.Disk;
import dev.axon64.system.virtio.EntropyDevice;
import dev.axon64.system.virtio.FolderDevice;
import dev.axon64.system.virtio.NetDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Boots a machine, and runs it to its end. */
final class Boot {
  private static final int MISDISPATCHED = 1;
  private static final int MOST_DISKS = 16;
  private static final long SEED = 64;

  /** What the guest calls the shared folder. */
  private static final String SHARE = "share";

  private final BootRequest request;
  private final PrintWriter err;

  Boot(BootRequest request, PrintWriter err) {
    this.request = request;
    this.err = err;
  }

  /** Runs the machine and returns the exit status. */
  int run() {
    Network network = request.model().network();
    ExceptionCounts counts = new ExceptionCounts();
    Optional<HostTerminal> host =
        Terminals.STDIN.isTerminal() ? Optional.of(Terminals.STDIN.host()) : Optional.empty();
    SerialTerminal terminal = new SerialTerminal(System.in, host);
    Optional<UserNetwork> router = Optional.empty();
    try (ExceptionTrace trace = ExceptionTrace.to(request.trace())) {
      Exceptions.Observer observer =
          (core, syndrome) -> {
            counts.taken(core, syndrome);
            trace.taken(core, syndrome);
          };
      EngineChoice engines = new EngineChoice(network);
      Machine machine = new Machine(request.settings(), engines::of, terminal, observer);
      trace.counts(machine::executed);
      attach(machine);
      attachLinks(machine, terminal);
      router = attachNetwork(machine);
      load(machine);
      terminal.start(machine::stop, machine::pause, machine::wake);
      long start = System.nanoTime();
      int status = run(machine);
      if (request.stats()) {
        new BootReport(machine, counts, System.nanoTime() - start).print(err);
      }
      return status;
    } finally {
      router.ifPresent(UserNetwork::close);
      terminal.close();
    }
  }

  private final class EngineChoice {
    private final Network network;

    EngineChoice(Network network) {
      this.network = network;
    }

    Engine of(PhysicalMemory memory) {
      return Engines.ofMachine(request.policy(), network, memory);
    }
  }

  private int run(Machine machine) {
    try {
      MachineEnd end = machine.run(request.limit());
      while (end == MachineEnd.PAUSED) {
        save(machine);
        end = machine.run(request.limit());
      }
      if (end == MachineEnd.LIMIT) {
        save(machine);
      }
      return switch (end) {
        case OFF -> 0;
        case RESET -> 10;
        case HALTED -> 11;
        case LIMIT, PAUSED -> 12;
        case STOPPED -> 130;
      };
    } catch (Misdispatched wrong) {
      err.println("axon64: " + wrong.getMessage());
      return MISDISPATCHED;
    }
  }

  /** Writes a snapshot; a file that was there stays until the new one is whole. */
  private void save(Machine machine) {
    if (request.files().save().isEmpty()) {
      return;
    }
    Path file = request.files().save().get().toAbsolutePath();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      machine.save(out);
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be written: " + e.getMessage(), e);
    }
    try {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be written: " + e.getMessage(), e);
    }
  }

  private void attach(Machine machine) {
    List<Path> files = request.disks().files();
    if (files.size() > MOST_DISKS) {
      throw new InputException("disks", files.size() + " are too many; give up to " + MOST_DISKS);
    }
    machine.attach(new EntropyDevice(SEED));
    for (int i = 0; i < files.size(); i++) {
      Disk disk = Disk.open(files.get(i), request.disks().writable());
      machine.attach(new BlockDevice(disk, "disk" + i));
    }
  }

  private void attachLinks(Machine machine, SerialTerminal terminal) {
    if (request.links().console()) {
      ConsoleDevice console = new ConsoleDevice(terminal::write);
      machine.attach(console);
      machine.setInput(console);
    }
    request
        .links()
        .share()
        .ifPresent(folder -> machine.attach(new FolderDevice(new SharedFolder(folder), SHARE)));
  }

  private Optional<UserNetwork> attachNetwork(Machine machine) {
    if (!request.links().network()) {
      return Optional.empty();
    }
    NetDevice device = new NetDevice(UserNetwork.guestMac());
    UserNetwork network = new UserNetwork(device);
    device.connect(network::receive);
    machine.attach(device);
    machine.connect(network);
    for (Forward forward : request.links().forwards()) {
      network.forward(forward);
    }
    return Optional.of(network);
  }

  private void load(Machine machine) {
    BootFiles files = request.files();
    if (files.restore().isPresent()) {
      Path file = files.restore().get();
      try (InputStream in = Files.newInputStream(file)) {
        machine.restore(in, file.toString());
      } catch (IOException e) {
        throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
      }
      return;
    }
    if (files.kernel().isPresent()) {
      Path file = files.kernel().get();
      byte[] image = PackedImage.unpack(read(file), file.toString());
      new LinuxBoot(machine)
          .start(
              KernelImage.of(image, file.toString()),
              files.initial().map(Boot::read),
              files.command(),
              files.tree().map(Boot::tree));
      return;
    }
    for (BootFiles.Load load : files.loads()) {
      byte[] bytes = read(load.file());
      if (!machine.memory().contains(load.address(), bytes.length)) {
        throw new InputException(
            load.file().toString(),
            "%,d bytes at 0x%x do not lie in memory, which is from 0x%x to 0x%x"
                .formatted(
                    bytes.length,
                    load.address(),
                    machine.memory().base(),
                    machine.memory().base() + machine.memory().size()));
      }
      machine.memory().write(load.address(), bytes, 0, bytes.length);
    }
    machine.start(files.entry().orElseThrow(), 0);
  }

  private static byte[] tree(Path file) {
    byte[] blob = read(file);
    TreeBlob.check(blob, file.toString());
    return blob;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException | OutOfMemoryError e) {
      throw new InputException(file.toString(), "cannot be read: " + e.getMessage());
    }
  }
}
