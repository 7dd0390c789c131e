package dev.axon64.app;

import dev.axon64.linux.abi.GuestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments as the bytes that we were started with. The JVM makes characters of them as the
 * locale says, which may lose some; a guest gets them all.
 */
final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private RawArguments() {}

  /** The same arguments, or those given where the host does not tell the bytes. */
  static String[] of(String[] given) {
    if (Arrays.stream(given).allMatch(RawArguments::isPlain)) {
      return given;
    }
    try {
      List<String> all = split(Files.readAllBytes(COMMAND_LINE));
      List<String> last = all.subList(all.size() - given.length, all.size());
      return last.toArray(String[]::new);
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return given; // another host than Linux
    }
  }

  private static boolean isPlain(String argument) {
    return GuestText.isAscii(argument) && argument.indexOf('?') < 0; // what some locales write
  }

  private static List<String> split(byte[] line) {
    List<String> all = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < line.length; i++) {
      if (line[i] == 0) {
        all.add(GuestText.of(Arrays.copyOfRange(line, start, i)));
        start = i + 1;
      }
    }
    return all;
  }
}
