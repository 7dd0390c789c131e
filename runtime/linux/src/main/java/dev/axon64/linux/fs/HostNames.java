package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.net.URI;
import java.nio.file.Path;

/**
 * The guest's names as paths of the host, byte for byte. The host's locale decides which characters
 * a path's string can have; a path's URI has all bytes under any locale.
 */
final class HostNames {
  private static final int RENAME_EXCHANGE = 2;
  private static final String HEX = "0123456789ABCDEF";
  private static final String PLAIN = "-._~/";

  private HostNames() {}

  /** Lets two names change places. */
  static void exchange(Path one, Path other) {
    try (Arena arena = Arena.ofConfined()) {
      HostCalls.call(
          "renameat2",
          HostCalls.HERE,
          HostCalls.path(arena, one),
          HostCalls.HERE,
          HostCalls.path(arena, other),
          RENAME_EXCHANGE);
    }
  }

  /** The path of a name in a folder. */
  static Path resolve(Path folder, String name) {
    return GuestText.isAscii(name) ? folder.resolve(name) : folder.resolve(relative(name));
  }

  /** A path that is not looked at, like the target of a link. */
  static Path path(String text) {
    if (GuestText.isAscii(text)) {
      return Path.of(text);
    }
    return text.startsWith("/") ? absolute(text) : relative(text);
  }

  private static Path relative(String text) {
    Path absolute = absolute("/" + text);
    return absolute.subpath(0, absolute.getNameCount());
  }

  private static Path absolute(String text) {
    try {
      return Path.of(URI.create("file://" + quoted(GuestText.bytes(text))));
    } catch (IllegalArgumentException e) {
      throw new SysError(Errno.EILSEQ);
    }
  }

  private static String quoted(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      if (plain) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      }
    }
    return text.toString();
  }

  /** The last name of a path. */
  static String name(Path path) {
    String text = path.getFileName().toString();
    if (isSame(text)) {
      return text;
    }
    String all = bytesOf(path);
    return all.substring(all.lastIndexOf('/') + 1);
  }

  /** The text of a path, like the target of a link. */
  static String text(Path path) {
    String text = path.toString();
    if (isSame(text)) {
      return text;
    }
    String all = bytesOf(Path.of("/").resolve(path));
    return path.isAbsolute() ? all : all.substring(1);
  }

  private static boolean isSame(String text) {
    return GuestText.isAscii(text) && text.indexOf('?') < 0; // what some locales write for others
  }

  /** The bytes of an absolute path, which its URI has; that may end with a slash. */
  static String bytesOf(Path path) {
    String raw = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    String text = GuestText.of(bytes.toByteArray());
    return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
