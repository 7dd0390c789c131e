package dev.axon64.bench.boot;

import java.util.List;

/**
 * A boot to be measured.
 *
 * @param name what a report calls it
 * @param words the kernel's command line
 * @param each whether the network is asked for every instruction
 */
public record BootCase(String name, String words, boolean each) {
  private static final String QUIET = "console=ttyAMA0 quiet ";
  private static final String WITHOUT_TESTS = QUIET + "cryptomgr.notests ";

  /** The cases; the first is a quick one. */
  public static List<BootCase> all() {
    return List.of(
        new BootCase("commands", WITHOUT_TESTS + "axon=commands", false),
        new BootCase("shell", WITHOUT_TESTS + "axon=poweroff", false),
        new BootCase("shell, each word asked", WITHOUT_TESTS + "axon=poweroff", true),
        new BootCase("shell, stock", QUIET + "axon=poweroff", false));
  }
}
