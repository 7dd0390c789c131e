package dev.axon64.linux;

import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.call.Syscalls;
import dev.axon64.linux.display.FrameBuffer;
import dev.axon64.linux.display.XServer;
import dev.axon64.linux.net.HostService;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.snapshot.Capture;
import java.util.List;
import java.util.function.LongSupplier;

/** One run of a machine, from its first process to the end of its last. */
final class MachineRun {
  private final Settings settings;
  private final Kernel kernel;

  MachineRun(Settings settings, Kernel kernel) {
    this.settings = settings;
    this.kernel = kernel;
  }

  ExitStatus execute() {
    GuestTree tree = GuestTree.mount(settings, kernel);
    long freeMemory = tree.freeMemory();
    Scheduler scheduler =
        new Scheduler(
            kernel,
            new Syscalls(kernel, settings.strace),
            settings.engines,
            new FaultReport(settings.disassembler),
            settings.messages);
    if (settings.display != null) {
      scheduler.serve(display(tree));
    }
    begin(tree, scheduler);
    scheduler.snapshotAt(settings.snapshotAfter);
    kernel.hostSignals.expected = settings.expectsSignals;
    Ending ending;
    try {
      ending = scheduler.run();
    } finally {
      if (kernel.console != null) {
        kernel.console.leave();
      }
    }
    if (ending == Ending.SNAPSHOT) {
      boolean changedMemory = tree.freeMemory() != freeMemory;
      Capture.write(
          kernel, scheduler.leftOver(), tree.lone(), changedMemory, settings.snapshotFile);
    }
    int status = kernel.first.status;
    finish();
    return ExitStatus.of(ending, status, kernel.instructions);
  }

  private HostService display(GuestTree tree) {
    LongSupplier clock = () -> kernel.clock.monotonic() / 1_000_000;
    XServer server = new XServer(settings.display, clock);
    server.listen(kernel.network, tree.displaySocket());
    settings.display.atArrival(kernel.input::wake);
    FrameBuffer frame = new FrameBuffer(settings.display, kernel.temporary, clock);
    tree.show(frame);
    return HostService.of(server, frame);
  }

  private void begin(GuestTree tree, Scheduler scheduler) {
    FirstProcess first = new FirstProcess(settings, kernel);
    if (settings.restored == null) {
      first.start(tree.programPath());
    } else {
      first.restore();
      scheduler.goOn(settings.restored.image().turn());
    }
  }

  /** Ends what is left, so that files are closed. */
  private void finish() {
    for (Process process : List.copyOf(kernel.processes.values())) {
      kernel.end.process(process, Signals.SIGKILL);
    }
  }
}
