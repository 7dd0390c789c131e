package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Stat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A machine's own terminal: what the host types comes from a stream, what programs write goes to
 * one. The host's terminal stays as it is until a program reads or changes modes; from then on it
 * passes on each key, and all editing is done here.
 */
public final class Console {
  private static final int CHUNK = 1024;

  /** What a terminal does with what the host has edited already: nothing. */
  private static final Modes PASSING =
      new Modes(0, 0, Modes.USUAL.control(), 0, (byte) 0, minimum(), 38400, 38400);

  private final HostInput input;
  private final OutputStream output;
  private final HostTerminal host;
  private final Runnable interrupted;
  private final Terminal terminal;
  private final DeviceNode node;
  private byte[] waiting = new byte[0];
  private boolean entered;
  private boolean edits;

  /**
   * @param interrupted told of each interrupt character that is typed
   */
  public Console(
      Jobs jobs,
      Pseudoterminals others,
      HostInput input,
      OutputStream output,
      HostTerminal host,
      Runnable interrupted) {
    this.input = input;
    this.output = output;
    this.host = host;
    this.interrupted = interrupted;
    long device = Stat.device(Pseudoterminals.MAJOR, 0);
    this.node =
        DeviceNode.owned(
            device, Pseudoterminals.SLAVE_MODE, new int[2], (at, flags) -> open(flags));
    int number = others.reserve(node);
    String path = Pseudoterminals.FOLDER + "/" + number;
    this.terminal = new Terminal(jobs, new Keys(), path, device, false, host.size(), host.modes());
  }

  private static byte[] minimum() {
    byte[] characters = new byte[Modes.USUAL.characters().length];
    characters[Modes.VMIN] = 1;
    return characters;
  }

  /** The terminal that programs see. */
  public Terminal terminal() {
    return terminal;
  }

  /** Opens it. */
  public OpenFile open(int flags) {
    return terminal.open(flags, node);
  }

  /** The host: its keys, and its screen. */
  private final class Keys implements Wire {
    @Override
    public int room() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void put(byte[] bytes, int offset, int length) {
      try {
        output.write(bytes, offset, length);
        output.flush();
      } catch (IOException e) {
        throw new SysError(Errno.EIO);
      }
    }

    @Override
    public boolean processes() {
      return host != HostTerminal.NONE;
    }

    @Override
    public void type() {
      if (!entered) {
        enter();
      }
      pump();
    }

    @Override
    public void changed(Modes old, Modes modes) {
      if (entered) {
        host.enter(modes);
      } else {
        enter();
      }
    }
  }

  private void enter() {
    entered = true;
    edits = host.enter(terminal.modes());
    if (!edits) {
      terminal.pass(PASSING);
    }
  }

  /** Types what the host has typed meanwhile, if a program has ever asked for it. */
  public void poll() {
    if (entered) {
      pump();
    }
  }

  private void pump() {
    while (true) {
      if (waiting.length == 0) {
        if (!input.isReady()) {
          return;
        }
        waiting = input.take(CHUNK);
        if (waiting.length == 0) {
          terminal.end();
          return;
        }
        watch();
      }
      int taken = terminal.type(waiting, 0, waiting.length);
      waiting = Arrays.copyOfRange(waiting, taken, waiting.length);
      if (waiting.length > 0) {
        return;
      }
    }
  }

  /** Tells of interrupt characters, even if what was typed before is in their way. */
  private void watch() {
    Modes modes = terminal.modes();
    for (byte b : waiting) {
      if (edits && modes.hasLocal(Modes.ISIG) && modes.is(b & 0xff, Modes.VINTR)) {
        interrupted.run();
      }
    }
  }

  /** What was typed and no program has read. */
  public byte[] unread() {
    byte[] read = terminal.unread();
    byte[] all = Arrays.copyOf(read, read.length + waiting.length);
    System.arraycopy(waiting, 0, all, read.length, waiting.length);
    return all;
  }

  /** Whether the host is being asked for what is typed. */
  public boolean isWaiting() {
    return input.isWaiting();
  }

  /** The host's window has changed. */
  public void resized() {
    terminal.setSize(host.size());
  }

  /** Whether a program has asked for what is typed. */
  public boolean isUsed() {
    return entered;
  }

  /** Stops the emulator, and afterwards takes the host's terminal again. */
  public void suspend() {
    host.suspend();
    if (entered) {
      host.enter(terminal.modes());
    }
    resized();
  }

  /** Puts the host's terminal back. */
  public void leave() {
    if (entered) {
      host.leave();
    }
  }
}
