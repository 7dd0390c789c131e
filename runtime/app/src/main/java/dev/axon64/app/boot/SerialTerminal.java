package dev.axon64.app.boot;

import dev.axon64.linux.terminal.HostTerminal;
import dev.axon64.linux.terminal.Modes;
import dev.axon64.system.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The standard streams as the other end of a serial line. On a terminal, keys go to the guest as
 * they are typed, but for Ctrl-A: with X after it, it ends the machine, with S it saves its state,
 * and with another Ctrl-A it is sent itself.
 */
final class SerialTerminal implements Terminal, AutoCloseable {
  private static final int ESCAPE = 1;
  private static final long NEWLINE = '\n';

  private final InputStream in;
  private final Optional<HostTerminal> host;
  private final OutputStream out = new BufferedOutputStream(System.out);
  private final BlockingQueue<Integer> typed = new LinkedBlockingQueue<>();
  private final boolean isFile;
  private boolean ended;

  /**
   * @param host the terminal that the input is, if it is one
   */
  SerialTerminal(InputStream in, Optional<HostTerminal> host) {
    this.in = in;
    this.host = host;
    this.isFile = Files.isRegularFile(Path.of("/proc/self/fd/0"));
  }

  /**
   * Begins to listen.
   *
   * @param end what Ctrl-A X does
   * @param save what Ctrl-A S does
   * @param came is told when something was typed
   */
  void start(Runnable end, Runnable save, Runnable came) {
    host.ifPresent(terminal -> terminal.enter(raw()));
    if (!isFile) {
      Thread.ofPlatform().daemon().name("serial input").start(() -> listen(end, save, came));
    }
  }

  private static Modes raw() {
    Modes usual = Modes.USUAL;
    return new Modes(
        0,
        0,
        usual.control(),
        0,
        usual.line(),
        usual.characters(),
        usual.inputSpeed(),
        usual.outputSpeed());
  }

  private void listen(Runnable end, Runnable save, Runnable came) {
    boolean escaped = false;
    try {
      for (int value = in.read(); value >= 0; value = in.read()) {
        if (host.isPresent() && !escaped && value == ESCAPE) {
          escaped = true;
          continue;
        }
        if (escaped && (value == 'x' || value == 'X')) {
          end.run();
          break;
        }
        if (escaped && (value == 's' || value == 'S')) {
          escaped = false;
          save.run();
          continue;
        }
        escaped = false;
        typed.add(value);
        came.run();
      }
    } catch (IOException e) {
      // the same as the end of it
    }
    typed.add(END);
    came.run();
  }

  @Override
  public void write(int value) {
    try {
      out.write(value);
      if (value == NEWLINE) {
        out.flush();
      }
    } catch (IOException e) {
      // nobody listens any more; the machine goes on
    }
  }

  @Override
  public int read(long nanoseconds) {
    if (ended) {
      return END;
    }
    try {
      int value = isFile ? fromFile() : fromQueue(nanoseconds);
      ended = value == END;
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOTHING_YET;
    }
  }

  private int fromFile() {
    try {
      int value = in.read();
      return value < 0 ? END : value;
    } catch (IOException e) {
      return END;
    }
  }

  private int fromQueue(long nanoseconds) throws InterruptedException {
    Integer value = typed.poll(nanoseconds, TimeUnit.NANOSECONDS);
    return value == null ? NOTHING_YET : value;
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      // nobody listens any more
    }
  }

  @Override
  public void close() {
    flush();
    host.ifPresent(HostTerminal::leave);
  }
}
