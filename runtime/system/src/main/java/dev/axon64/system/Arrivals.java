package dev.axon64.system;

import dev.axon64.system.device.GenericTimer;
import dev.axon64.system.device.Outside;
import dev.axon64.system.device.SerialInput;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What comes from outside the machine: what is typed, what a network brings, and time. */
final class Arrivals {
  private static final long SECOND = 1_000_000_000L;

  private final Clock clock;
  private final Terminal terminal;
  private SerialInput input;
  private boolean inputEnded;
  private Optional<Outside> outside = Optional.empty();

  /**
   * @param input where what is typed goes
   */
  Arrivals(Clock clock, Terminal terminal, SerialInput input) {
    this.clock = clock;
    this.terminal = terminal;
    this.input = input;
  }

  void setInput(SerialInput to) {
    input = to;
  }

  void connect(Outside to) {
    outside = Optional.of(to);
  }

  /** Ends a wait. */
  void wake() {
    outside.ifPresent(Outside::wake);
  }

  /** Sends on its way what was written to the terminal. */
  void flush() {
    terminal.flush();
  }

  /** Whether things come at times of their own. */
  boolean areOften() {
    return outside.isPresent() || clock.isHosts();
  }

  /** Takes in what has come. */
  void take() {
    takeInput(0);
    outside.ifPresent(Outside::look);
  }

  /**
   * Lets time pass, since all processors wait.
   *
   * @param next when a timer rings
   * @return whether there is anything to wait for
   */
  boolean rest(long next) {
    terminal.flush();
    if (takeInput(0)) {
      return true;
    }
    boolean listens = !inputEnded && input.listens();
    if (listens || areOften()) {
      if (next == GenericTimer.NEVER && !listens && outside.isEmpty()) {
        return false;
      }
      pause(Math.min(next - clock.now(), SECOND), listens);
    } else if (next == GenericTimer.NEVER) {
      return false;
    } else {
      clock.advance(next);
    }
    return true;
  }

  /** Lets as much of the machine's time pass as somebody outside sees. */
  private void pause(long most, boolean listens) {
    long start = System.nanoTime();
    boolean whole = false;
    if (outside.isPresent()) {
      outside.get().await(most);
      takeInput(0);
    } else if (listens) {
      whole = !takeInput(most) && !inputEnded;
    } else {
      LockSupport.parkNanos(most);
    }
    if (!inputEnded || outside.isPresent()) {
      clock.advance(clock.now() + (whole ? most : Math.min(System.nanoTime() - start, most)));
    }
  }

  private boolean takeInput(long nanoseconds) {
    boolean taken = false;
    while (!inputEnded && input.listens() && input.room() > 0) {
      int value = terminal.read(taken ? 0 : nanoseconds);
      if (value == Terminal.END) {
        inputEnded = true;
      } else if (value == Terminal.NOTHING_YET) {
        break;
      } else {
        input.receive(value);
        taken = true;
      }
    }
    return taken;
  }
}
