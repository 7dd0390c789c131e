package dev.axon64.linux;

import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.net.HostNet;
import dev.axon64.linux.net.HostService;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** How a machine waits while none of its threads can go on: without using the host's processor. */
final class IdleWait {
  private static final long LONGEST = 100_000_000;
  private static final long LONGEST_OF_NET = 60_000_000_000L;

  private final Kernel kernel;
  private final Consumer<String> lines;

  /**
   * @param lines told if nothing can come that anybody waits for
   */
  IdleWait(Kernel kernel, Consumer<String> lines) {
    this.kernel = kernel;
    this.lines = lines;
  }

  /**
   * Waits for the next deadline or the host.
   *
   * @return why the run is over, if it is
   */
  Optional<Ending> await(HostService service) {
    long next = nextDeadline();
    long left = next - kernel.clock.monotonic();
    HostNet net = kernel.network.host();
    if (net != null && net.isAwaited()) {
      boolean came = net.await(Math.clamp(left, 0, LONGEST_OF_NET));
      advance(came, next, left);
      return Optional.empty();
    }
    if (hostCouldAnswer(service)) {
      try {
        boolean came = kernel.input.await(Math.clamp(left, 0, LONGEST));
        advance(came, next, left);
        return Optional.empty();
      } catch (InterruptedException e) {
        return Optional.of(Ending.INTERRUPTED);
      }
    }
    if (next == Wait.FOREVER) {
      lines.accept("deadlock: every process waits for something that cannot come");
      return Optional.of(Ending.DEADLOCK);
    }
    if (kernel.clock.isHostTime()) {
      LockSupport.parkNanos(Math.max(0, left));
    } else {
      kernel.clock.advance(Math.max(0, left));
    }
    return Optional.empty();
  }

  private boolean hostCouldAnswer(HostService service) {
    return kernel.input.isWaiting()
        || kernel.console != null && kernel.console.isWaiting()
        || kernel.hostSignals.couldCome()
        || service.isAwaited();
  }

  /** Lets a clock of the machine's own go on to the deadline if the host has not answered. */
  private void advance(boolean came, long next, long left) {
    if (!came && next != Wait.FOREVER && !kernel.clock.isHostTime()) {
      kernel.clock.advance(left);
    }
  }

  /** When the first thread or timer has waited long enough, in monotonic nanoseconds. */
  private long nextDeadline() {
    long next = kernel.alarms.next();
    for (Task task : kernel.tasks()) {
      if (task.parked && !task.isHeld()) {
        next = Math.min(next, task.wait.deadline());
      }
    }
    for (Process process : kernel.processes.values()) {
      if (process.timerAt != 0) {
        next = Math.min(next, process.timerAt);
      }
    }
    return next;
  }
}
