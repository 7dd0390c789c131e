package dev.axon64.app.guest;

import dev.axon64.linux.terminal.HostTerminal;
import dev.axon64.linux.terminal.Modes;
import dev.axon64.linux.terminal.PosixHostTerminal;
import dev.axon64.linux.terminal.WindowSize;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The standard streams, each of which may be a terminal. {@link System#console} tells of standard
 * input and output together only.
 */
public enum Terminals {
  STDIN,
  STDOUT,
  STDERR;

  /**
   * Names those streams that are terminals, as their numbers, if the launcher has asked the shell:
   * that takes less than to call the C library.
   */
  private static final String PROPERTY = "axon64.terminals";

  /** Names those streams that were closed when the launcher was started, as their numbers. */
  private static final String CLOSED = "axon64.closed";

  /**
   * Whether it was closed when we were started. Its number is then the launcher's, or that of some
   * file that the JVM has opened for itself.
   */
  public boolean isClosed() {
    String told = System.getProperty(CLOSED);
    return told == null ? isOfTheJvm() : told.contains(Integer.toString(ordinal()));
  }

  private boolean isOfTheJvm() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + ordinal()));
      Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
      String[] libraries = System.getProperty("java.class.path").split(File.pathSeparator);
      return target.startsWith(jdk) || List.of(libraries).contains(target.toString());
    } catch (IOException | RuntimeException e) {
      return false; // another host than Linux, or a stream that is no file
    }
  }

  /** The window's size, as {@code stty size} tells it. */
  private static final String SIZE = "axon64.terminal.size";

  /** The terminal's modes, as {@code stty -g} tells them. */
  private static final String MODES = "axon64.terminal.modes";

  /** The first stream that is a terminal; empty if none is. */
  public static Optional<Terminals> first() {
    return Arrays.stream(values()).filter(Terminals::isTerminal).findFirst();
  }

  /** The host's terminal that this stream is. */
  public HostTerminal host() {
    return PosixHostTerminal.of(ordinal(), size(), Modes.parse(System.getProperty(MODES, "")));
  }

  private static Optional<WindowSize> size() {
    String[] told = System.getProperty(SIZE, "").split(" ");
    try {
      return told.length == 2
          ? Optional.of(WindowSize.of(Integer.parseInt(told[0]), Integer.parseInt(told[1])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it is one. */
  public boolean isTerminal() {
    String told = System.getProperty(PROPERTY);
    return told == null ? isatty() : told.contains(Integer.toString(ordinal()));
  }

  /** What the C library's {@code isatty} says; false where there is no such. */
  @SuppressWarnings("restricted")
  private boolean isatty() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return linker
        .defaultLookup()
        .find("isatty")
        .map(
            isatty -> {
              try {
                return (int) linker.downcallHandle(isatty, type).invokeExact(ordinal()) == 1;
              } catch (Throwable e) { // what invokeExact declares; isatty throws nothing
                throw new IllegalStateException("isatty", e);
              }
            })
        .orElse(false);
  }
}
