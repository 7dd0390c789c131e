package dev.axon64.codegen.isa.form;

import dev.axon64.codegen.isa.syntax.Position;
import java.util.List;
import java.util.Locale;

/** How a value is printed, by the table in LANGUAGE.md. */
sealed interface Format {
  /** The conditions by number. */
  List<String> CONDITIONS =
      List.of(
          "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al",
          "nv");

  /**
   * Prints a value.
   *
   * @param wide whether the field {@code sf} is set; false if {@link #needsWidth} is
   */
  String print(long value, boolean wide);

  /** Whether the text depends on the field {@code sf}. */
  default boolean needsWidth() {
    return false;
  }

  /** The formats without a parameter. */
  enum Plain implements Format {
    DECIMAL {
      @Override
      public String print(long value, boolean wide) {
        return Long.toUnsignedString(value);
      }
    },
    HEX {
      @Override
      public String print(long value, boolean wide) {
        return Long.toHexString(value);
      }
    },
    LABEL {
      @Override
      public String print(long value, boolean wide) {
        return "0x" + Long.toHexString(value);
      }
    },
    /** A floating-point number of 18 digits, as C's {@code %.18e} prints it. */
    FLOAT {
      @Override
      public String print(long value, boolean wide) {
        return String.format(Locale.ROOT, "%.18e", Double.longBitsToDouble(value));
      }
    }
  }

  /**
   * A condition.
   *
   * @param inverted whether its inverse is printed
   */
  record Condition(Position at, boolean inverted) implements Format {
    @Override
    public String print(long value, boolean wide) {
      if (value < 0 || value >= CONDITIONS.size()) {
        throw at.error(value + " is no condition; give 4 bits");
      }
      return CONDITIONS.get((int) value ^ (inverted ? 1 : 0));
    }
  }

  /** The low bits as two's complement. */
  record Signed(int width) implements Format {
    @Override
    public String print(long value, boolean wide) {
      int unused = Long.SIZE - width;
      return Long.toString(value << unused >> unused);
    }
  }

  /**
   * A general register.
   *
   * @param narrow what 32-bit ones begin with; null if there are none
   * @param full the same of 64-bit ones
   * @param stack whether 31 is the stack pointer and not zero
   */
  record General(String narrow, String full, boolean stack) implements Format {
    @Override
    public boolean needsWidth() {
      return narrow != null && full != null;
    }

    @Override
    public String print(long value, boolean wide) {
      boolean isFull = narrow == null || full != null && wide;
      if (value != 31) {
        return (isFull ? full : narrow) + value;
      }
      if (stack) {
        return isFull ? "sp" : "wsp";
      }
      return isFull ? "xzr" : "wzr";
    }
  }

  /** A vector register by its letter. */
  record Vector(String letter) implements Format {
    @Override
    public String print(long value, boolean wide) {
      return letter + value;
    }
  }

  /** The name at the value's position. */
  record Names(Position at, List<String> names) implements Format {
    @Override
    public String print(long value, boolean wide) {
      if (value < 0 || value >= names.size()) {
        throw at.error("the list " + names + " has no name for " + value + "; add it");
      }
      return names.get((int) value);
    }
  }

  /** Reads the text after the bar, which is empty if there is no bar. */
  static Format parse(Position at, String text) {
    if (text.indexOf(',') >= 0) {
      return new Names(at, List.of(text.split(",", -1)));
    }
    if (text.startsWith("signed:")) {
      return new Signed(width(at, text.substring("signed:".length())));
    }
    return switch (text) {
      case "" -> Plain.DECIMAL;
      case "hex" -> Plain.HEX;
      case "label" -> Plain.LABEL;
      case "cond" -> new Condition(at, false);
      case "ncond" -> new Condition(at, true);
      case "float" -> Plain.FLOAT;
      case "x" -> new General(null, "x", false);
      case "w" -> new General("w", null, false);
      case "r" -> new General("w", "x", false);
      case "xsp" -> new General(null, "x", true);
      case "wsp" -> new General("w", null, true);
      case "rsp" -> new General("w", "x", true);
      case "b", "h", "s", "d", "q", "v" -> new Vector(text);
      default ->
          throw at.error("'" + text + "' is no format; LANGUAGE.md lists them under Instructions");
    };
  }

  private static int width(Position at, String text) {
    try {
      int width = Integer.parseInt(text);
      if (width >= 1 && width <= Long.SIZE) {
        return width;
      }
    } catch (NumberFormatException e) {
      throw at.error("'" + text + "' is no width; signed:N needs 1 to 64");
    }
    throw at.error("a width of " + text + "; signed:N needs 1 to 64");
  }
}
