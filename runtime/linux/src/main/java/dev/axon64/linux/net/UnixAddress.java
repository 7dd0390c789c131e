package dev.axon64.linux.net;

import java.nio.charset.StandardCharsets;

/**
 * A name in the tree of files, or an abstract one.
 *
 * @param name one character for each byte: a path, or a zero and an abstract name; empty for none
 */
public record UnixAddress(String name) implements Address {
  public static final UnixAddress UNNAMED = new UnixAddress("");

  /** A name of these bytes. */
  public static UnixAddress of(byte[] name) {
    return new UnixAddress(new String(name, StandardCharsets.ISO_8859_1));
  }

  public byte[] bytes() {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  public boolean isUnnamed() {
    return name.isEmpty();
  }

  public boolean isAbstract() {
    return name.startsWith("\0");
  }
}
