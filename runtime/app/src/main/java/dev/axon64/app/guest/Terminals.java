package dev.axon64.app.guest;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

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
