package dev.axon64.app.boot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.net.Forward;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes and addresses. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,7})([MG])", Pattern.CASE_INSENSITIVE);
  private static final Pattern ADDRESS = Pattern.compile("(?:0x)?(\\p{XDigit}{1,16})");
  private static final Pattern PORTS = Pattern.compile("(\\d{1,5}):(\\d{1,5})");
  private static final long UNIT = 2L << 20;
  private static final long MOST = 64L << 30;

  private Sizes() {}

  /**
   * A size of memory in bytes.
   *
   * @throws InputException if no machine can have it
   */
  static long memory(String text) {
    Matcher size = SIZE.matcher(text);
    long bytes =
        size.matches()
            ? Long.parseLong(size.group(1)) << (size.group(2).equalsIgnoreCase("M") ? 20 : 30)
            : 0;
    if (bytes < UNIT || bytes % UNIT != 0 || bytes > MOST) {
      throw new InputException(
          "memory", "'" + text + "' is not possible; give an even number of M, or of G up to 64G");
    }
    return bytes;
  }

  /**
   * A hexadecimal address.
   *
   * @throws InputException if it is none
   */
  static long address(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new InputException("address", "'" + text + "' is no hexadecimal number");
    }
    return Long.parseUnsignedLong(address.group(1), 16);
  }

  /**
   * A port of the host and one of the guest.
   *
   * @throws InputException if it is not written so
   */
  static Forward forward(String text) {
    Matcher ports = PORTS.matcher(text);
    if (!ports.matches()
        || !isPort(Integer.parseInt(ports.group(1)))
        || !isPort(Integer.parseInt(ports.group(2)))) {
      throw new InputException(
          "forward", "'" + text + "' is no pair of ports; write HOSTPORT:GUESTPORT, 1 to 65535");
    }
    return new Forward(Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
  }

  private static boolean isPort(int number) {
    return number >= 1 && number < 1 << 16;
  }

  /**
   * An address and a file.
   *
   * @throws InputException if it is not written so
   */
  static BootFiles.Load load(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new InputException("load", "'" + text + "' has no file; write ADDR=FILE");
    }
    return new BootFiles.Load(
        address(text.substring(0, equals)), Path.of(text.substring(equals + 1)));
  }
}
