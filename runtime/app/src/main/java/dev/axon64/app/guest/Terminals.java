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

  /** Whether it is one, as the C library's {@code isatty} says; false where there is no such. */
  @SuppressWarnings("restricted")
  public boolean isTerminal() {
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
