package dev.axon64.linux.display;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The keys of the keyboard, as keys.txt lists them. */
public final class Keys {
  static final int FIRST = 8;
  static final int LAST = 255;

  /** How many meanings are told of each key. */
  static final int LEVELS = 2;

  static final int CAPS_LOCK = 66;

  /** Keys of the modifiers Shift, Lock, Control and Mod1 to Mod5, two of each; 0 for none. */
  static final int[] MODIFIERS = {50, 62, 66, 0, 37, 105, 64, 108, 77, 0, 0, 0, 133, 134, 0, 0};

  private static final int LOCK = 2;

  private static final Map<String, Integer> CODES = new HashMap<>();
  private static final int[][] MEANINGS = new int[LAST + 1][LEVELS];

  static {
    try (InputStream in = Keys.class.getResourceAsStream("keys.txt")) {
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(Keys::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Keys() {}

  private static void add(String line) {
    String[] parts = line.split(" ");
    int code = Integer.parseInt(parts[0]);
    CODES.put(parts[1], code);
    for (int level = 0; level + 2 < parts.length; level++) {
      MEANINGS[code][level] = Integer.parseInt(parts[level + 2], 16);
    }
  }

  /**
   * The number of a key.
   *
   * @param name as web pages tell it in {@code KeyboardEvent.code}, such as KeyA or ArrowUp
   */
  public static OptionalInt code(String name) {
    Integer code = CODES.get(name);
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /** What a key means (a keysym), with Shift on level 1; 0 for nothing. */
  static int meaning(int code, int level) {
    return MEANINGS[code][level];
  }

  /** The modifiers of keys that are down, as bits of the state. */
  static int modifiers(BitSet down, boolean locked) {
    int state = locked ? LOCK : 0;
    for (int i = 0; i < MODIFIERS.length; i++) {
      boolean lock = i / 2 == 1;
      if (!lock && MODIFIERS[i] != 0 && down.get(MODIFIERS[i])) {
        state |= 1 << i / 2;
      }
    }
    return state;
  }
}
