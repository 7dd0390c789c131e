package dev.axon64.bench.boot;

import java.util.List;
import java.util.stream.Stream;

/**
 * A boot to be measured.
 *
 * @param name what a report calls it
 * @param words what the kernel's command line has beside the console
 * @param options of {@code axon64 boot}
 */
public record BootCase(String name, String words, List<String> options) {
  private static final String WITHOUT_TESTS = "cryptomgr.notests ";

  /** The cases; the first is a quick one. */
  public static List<BootCase> all() {
    return List.of(
        new BootCase("commands", WITHOUT_TESTS + "axon=commands", List.of()),
        new BootCase("shell", WITHOUT_TESTS + "axon=poweroff", List.of()),
        new BootCase(
            "shell, each word asked",
            WITHOUT_TESTS + "axon=poweroff",
            List.of("--dispatch", "each")),
        new BootCase("shell, stock", "axon=poweroff", List.of()));
  }

  /** A command that boots, put before what both machines are told. */
  List<String> command(List<String> before, List<String> files) {
    return Stream.of(before, files, List.of("console=ttyAMA0 quiet " + words))
        .flatMap(List::stream)
        .toList();
  }
}
