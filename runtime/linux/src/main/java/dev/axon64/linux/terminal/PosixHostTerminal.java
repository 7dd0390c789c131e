package dev.axon64.linux.terminal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The terminal of a Linux host that one of our standard streams is. A shell waits beside us and
 * puts it back if we are killed.
 */
public final class PosixHostTerminal implements HostTerminal {
  private static final int TERMIOS_BYTES = 60;
  private static final long TIOCGWINSZ = 0x5413;
  private static final int NOW = 0;
  private static final int AFTER_OUTPUT = 1;
  private static final int SIGSTOP = 19;
  private static final int IUTF8 = 040000;

  // The fields of the host's struct termios.
  private static final int INPUT = 0;
  private static final int OUTPUT = 4;
  private static final int LOCAL = 12;
  private static final int CHARACTERS = 17;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  private static final Map<String, MethodHandle> CALLS = new HashMap<>();

  private final int descriptor;
  private final Optional<WindowSize> firstSize;
  private final Optional<Modes> firstModes;
  private boolean asked;
  private byte[] saved;
  private boolean entered;
  private OutputStream watcher;

  /**
   * @param descriptor of the stream
   * @param size of the window, if it is known already
   * @param modes that it has, if they are known already
   */
  private PosixHostTerminal(int descriptor, Optional<WindowSize> size, Optional<Modes> modes) {
    this.descriptor = descriptor;
    this.firstSize = size;
    this.firstModes = modes;
  }

  /**
   * The host's terminal; {@link HostTerminal#NONE} but for its size where the host is no Linux or
   * native calls are not allowed, so that it goes on to edit lines itself.
   *
   * @param descriptor of the stream that is one
   * @param size of the window, if it is known already
   * @param modes that it has, if they are known already
   */
  public static HostTerminal of(int descriptor, Optional<WindowSize> size, Optional<Modes> modes) {
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    boolean allowed = PosixHostTerminal.class.getModule().isNativeAccessEnabled();
    return linux && allowed
        ? new PosixHostTerminal(descriptor, size, modes)
        : new EditingTerminal(size.orElse(WindowSize.USUAL));
  }

  /** A terminal that cannot be told anything. */
  private record EditingTerminal(WindowSize size) implements HostTerminal {
    @Override
    public InputStream keyboard() {
      return InputStream.nullInputStream();
    }

    @Override
    public boolean enter(Modes modes) {
      return false;
    }

    @Override
    public void leave() {
      // it was never changed
    }

    @Override
    public void suspend() {
      // we cannot stop ourselves either
    }
  }

  @Override
  public InputStream keyboard() throws IOException {
    return new FileInputStream("/dev/tty");
  }

  @Override
  public WindowSize size() {
    if (!asked && firstSize.isPresent()) {
      asked = true;
      return firstSize.get();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(WindowSize.BYTES, 8);
      if (ioctl(TIOCGWINSZ, size) != 0) {
        return WindowSize.USUAL;
      }
      return new WindowSize(
          size.get(JAVA_SHORT, 0),
          size.get(JAVA_SHORT, 2),
          size.get(JAVA_SHORT, 4),
          size.get(JAVA_SHORT, 6));
    }
  }

  @Override
  public Modes modes() {
    if (firstModes.isPresent()) {
      return firstModes.get();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(TERMIOS_BYTES, 8);
      if (call("tcgetattr", List.of(JAVA_INT, ADDRESS), descriptor, now) != 0) {
        return Modes.USUAL;
      }
      return Modes.read(
          now.asByteBuffer()
              .order(ByteOrder.nativeOrder())
              .slice(0, Modes.BYTES)
              .order(ByteOrder.nativeOrder()),
          Modes.USUAL);
    }
  }

  @Override
  public boolean enter(Modes modes) {
    if (!isInForeground()) {
      return false; // to change it would stop us
    }
    try (Arena arena = Arena.ofConfined()) {
      if (saved == null && !save(arena)) {
        return false;
      }
      MemorySegment raw = arena.allocate(TERMIOS_BYTES, 8);
      raw.copyFrom(MemorySegment.ofArray(saved));
      raw.set(JAVA_INT, INPUT, raw.get(JAVA_INT, INPUT) & IUTF8);
      raw.set(JAVA_INT, OUTPUT, modes.output());
      raw.set(JAVA_INT, LOCAL, 0);
      raw.set(JAVA_BYTE, CHARACTERS + VMIN, (byte) 1);
      raw.set(JAVA_BYTE, CHARACTERS + VTIME, (byte) 0);
      entered = set(raw, entered ? AFTER_OUTPUT : NOW);
      return entered;
    }
  }

  private boolean save(Arena arena) {
    MemorySegment now = arena.allocate(TERMIOS_BYTES, 8);
    if (call("tcgetattr", List.of(JAVA_INT, ADDRESS), descriptor, now) != 0) {
      return false;
    }
    saved = now.toArray(JAVA_BYTE);
    watch();
    return true;
  }

  /** Starts a shell that puts the terminal back if we end without a word. */
  private void watch() {
    String script =
        "trap '' HUP INT QUIT TERM TSTP TTIN TTOU; old=$(stty -g </dev/tty) && echo &&"
            + " { read -r word; [ \"$word\" = done ] || stty \"$old\" </dev/tty; }";
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", script)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      shell.getInputStream().read(); // it has seen the old modes
      watcher = shell.getOutputStream();
    } catch (IOException e) {
      watcher = null; // then the terminal stays as it is if we are killed
    }
  }

  @Override
  public void leave() {
    if (entered) {
      restore();
    }
    if (watcher != null) {
      try (OutputStream shell = watcher) {
        shell.write("done\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // it has been killed
      }
      watcher = null;
    }
  }

  private void restore() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment old = arena.allocate(TERMIOS_BYTES, 8);
      old.copyFrom(MemorySegment.ofArray(saved));
      set(old, AFTER_OUTPUT);
    }
    entered = false;
  }

  @Override
  public void suspend() {
    if (entered) {
      restore();
    }
    call("kill", List.of(JAVA_INT, JAVA_INT), 0, SIGSTOP);
  }

  private boolean isInForeground() {
    return call("tcgetpgrp", List.of(JAVA_INT), descriptor) == call("getpgrp", List.of());
  }

  private boolean set(MemorySegment modes, int when) {
    List<MemoryLayout> types = List.of(JAVA_INT, JAVA_INT, ADDRESS);
    return call("tcsetattr", types, descriptor, when, modes) == 0;
  }

  private int ioctl(long request, MemorySegment argument) {
    MethodHandle ioctl =
        CALLS.computeIfAbsent(
            "ioctl",
            name ->
                handle(
                    name,
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2)));
    return invoke(ioctl, descriptor, request, argument);
  }

  private static int call(String name, List<? extends MemoryLayout> types, Object... arguments) {
    MethodHandle handle =
        CALLS.computeIfAbsent(
            name,
            each ->
                handle(each, FunctionDescriptor.of(JAVA_INT, types.toArray(MemoryLayout[]::new))));
    return invoke(handle, arguments);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  private static int invoke(MethodHandle handle, Object... arguments) {
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) { // what invoke declares; the C library throws nothing
      throw new IllegalStateException("a call of the C library failed", e);
    }
  }
}
