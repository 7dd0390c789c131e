package dev.axon64.linux.abi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The guest's names and texts as strings. They are bytes: UTF-8 as a rule, but not always, and no
 * byte gets lost. One that is no part of a character becomes half a surrogate pair, U+DC00 plus the
 * byte, which no text in UTF-8 has.
 */
public final class GuestText {
  private static final int ESCAPE = 0xdc00;

  private GuestText() {}

  /** The string of bytes. */
  public static String of(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    try {
      return decoder.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return escaped(bytes, decoder);
    }
  }

  private static String escaped(byte[] bytes, CharsetDecoder decoder) {
    StringBuilder text = new StringBuilder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    decoder.reset();
    while (in.hasRemaining()) {
      decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (in.hasRemaining()) {
        text.append((char) (ESCAPE + (in.get() & 0xff)));
      }
      decoder.reset();
    }
    return text.toString();
  }

  /** The bytes of a string. */
  public static byte[] bytes(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int code = text.codePointAt(i);
      if (code >= ESCAPE && code <= ESCAPE + 0xff) {
        bytes.write(code - ESCAPE);
      } else {
        bytes.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
      }
      i += Character.charCount(code);
    }
    return bytes.toByteArray();
  }

  /** Whether a string is the same in all ways to write characters as bytes. */
  public static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
