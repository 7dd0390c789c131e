package dev.axon64.linux.process;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.terminal.Console;
import dev.axon64.linux.terminal.Terminal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Signals that the host sends the guest: those of the keyboard go to the processes in the
 * foreground, all others to the first process. Two interrupts within a second end the run, whatever
 * the guest makes of them.
 */
public final class HostSignals {
  private static final long SECOND = 1_000_000_000L;

  private static final long AWAITED =
      Signals.bit(Signals.SIGHUP)
          | Signals.bit(Signals.SIGINT)
          | Signals.bit(Signals.SIGTERM)
          | Signals.bit(Signals.SIGUSR1);

  private final Kernel kernel;
  private final Queue<Integer> queue = new ConcurrentLinkedQueue<>();
  private boolean interrupted;
  private long lastInterrupt;

  /** Whether somebody may send signals, so that waiting for one makes sense. */
  public boolean expected;

  HostSignals(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Sends a signal from any thread. */
  public void send(int signal) {
    queue.add(signal);
    kernel.input.wake();
  }

  /** Whether a signal of the host could end what all processes wait for. */
  public boolean couldCome() {
    return expected
        && (kernel.console != null && kernel.console.isUsed()
            || kernel.processes.values().stream().anyMatch(HostSignals::handles));
  }

  private static boolean handles(Process process) {
    for (int signal = 1; signal < Long.SIZE; signal++) {
      long handler = process.actions.get(signal).handler();
      boolean own = handler != SignalActions.SIG_DFL && handler != SignalActions.SIG_IGN;
      if (own && (AWAITED & Signals.bit(signal)) != 0) {
        return !process.isZombie();
      }
    }
    return false;
  }

  /** Gives the guest what has come. */
  public void deliver() {
    for (Integer signal = queue.poll(); signal != null; signal = queue.poll()) {
      deliver(signal);
    }
  }

  private void deliver(int signal) {
    Console console = kernel.console;
    switch (signal) {
      case Signals.SIGWINCH -> {
        if (console != null) {
          console.resized();
        }
      }
      case Signals.SIGINT, Signals.SIGQUIT, Signals.SIGTSTP -> {
        if (signal == Signals.SIGINT) {
          interrupt();
        }
        Terminal terminal = console == null ? null : console.terminal();
        boolean shown = terminal != null && terminal.foreground != 0;
        kernel.jobs.signal(shown ? terminal.foreground : kernel.first.group, signal);
      }
      default -> kernel.signals.send(kernel.first, SigInfo.from(signal, Signals.SI_USER, 0, 0));
    }
  }

  /** Notes an interrupt from the keyboard; the second one within a second ends the run. */
  public void interrupt() {
    long now = System.nanoTime();
    if (interrupted && now - lastInterrupt < SECOND) {
      Thread.currentThread().interrupt();
    }
    interrupted = true;
    lastInterrupt = now;
  }
}
