package dev.axon64.linux.terminal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The modes of a terminal (struct termios): how it treats what is typed and what is written. The
 * constants are those of AArch64 Linux.
 *
 * @param input modes of what is typed
 * @param output modes of what is written
 * @param control modes of the line; its speed
 * @param local editing, echo and signals
 * @param line the number of the line discipline
 * @param characters the special characters, by the V constants
 * @param inputSpeed in bits a second
 * @param outputSpeed in bits a second
 */
public record Modes(
    int input,
    int output,
    int control,
    int local,
    byte line,
    byte[] characters,
    int inputSpeed,
    int outputSpeed) {
  /** Bytes of struct termios. */
  public static final int BYTES = 36;

  /** Bytes of struct termios2, which has the speeds as numbers. */
  public static final int BYTES_2 = 44;

  private static final int CHARACTERS = 19;

  // Input.
  static final int PARMRK = 010;
  static final int ISTRIP = 040;
  static final int INLCR = 0100;
  static final int IGNCR = 0200;
  static final int ICRNL = 0400;
  static final int IUCLC = 01000;
  static final int IXON = 02000;
  static final int IXANY = 04000;
  static final int IUTF8 = 040000;

  // Output.
  static final int OPOST = 1;
  static final int OLCUC = 2;
  static final int ONLCR = 4;
  static final int OCRNL = 010;
  static final int ONOCR = 020;
  static final int ONLRET = 040;
  static final int TABDLY = 014000;
  static final int XTABS = 014000;

  // Control.
  private static final int CBAUD = 010017;
  private static final int IBSHIFT = 16;
  private static final int BOTHER = 010000;
  private static final int B38400 = 017;
  private static final int CSIZE = 060;
  private static final int CS8 = 060;
  private static final int CREAD = 0200;
  private static final int PARENB = 0400;

  // Local.
  static final int ISIG = 1;
  static final int ICANON = 2;
  static final int ECHO = 010;
  static final int ECHOE = 020;
  static final int ECHOK = 040;
  static final int ECHONL = 0100;
  static final int NOFLSH = 0200;
  static final int TOSTOP = 0400;
  static final int ECHOCTL = 01000;
  static final int ECHOPRT = 02000;
  static final int ECHOKE = 04000;
  static final int IEXTEN = 0100000;
  static final int EXTPROC = 0200000;

  // Special characters.
  static final int VINTR = 0;
  static final int VQUIT = 1;
  static final int VERASE = 2;
  static final int VKILL = 3;
  static final int VEOF = 4;
  static final int VTIME = 5;
  static final int VMIN = 6;
  static final int VSTART = 8;
  static final int VSTOP = 9;
  static final int VSUSP = 10;
  static final int VEOL = 11;
  static final int VREPRINT = 12;
  static final int VWERASE = 14;
  static final int VLNEXT = 15;
  static final int VEOL2 = 16;

  /** Bits a second, by the number that the control modes have for it. */
  private static final int[] SPEEDS = {
    0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400, 0, 57600,
    115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000, 2500000,
    3000000, 3500000, 4000000
  };

  /** What a terminal has at first: 38400 baud, with editing, echo and signals. */
  public static final Modes USUAL =
      new Modes(
          ICRNL | IXON,
          OPOST | ONLCR,
          B38400 | CS8 | CREAD,
          ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
          (byte) 0,
          new byte[] {
            3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16, 0, 0, 0
          },
          38400,
          38400);

  /**
   * Reads what {@code stty -g} prints on Linux.
   *
   * @return empty if it is not that
   */
  public static Optional<Modes> parse(String text) {
    String[] parts = text.split(":");
    if (parts.length < 4 + CHARACTERS) {
      return Optional.empty();
    }
    try {
      ByteBuffer struct = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 4; i++) {
        struct.putInt(Integer.parseUnsignedInt(parts[i], 16));
      }
      for (int i = 0; i < CHARACTERS; i++) {
        struct.put(17 + i, (byte) Integer.parseInt(parts[4 + i], 16));
      }
      return Optional.of(read(struct, USUAL));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether an input mode is on. */
  boolean hasInput(int mode) {
    return (input & mode) != 0;
  }

  /** Whether an output mode is on. */
  boolean hasOutput(int mode) {
    return (output & mode) != 0;
  }

  /** Whether a local mode is on. */
  boolean hasLocal(int mode) {
    return (local & mode) != 0;
  }

  /** Whether Ctrl-S and Ctrl-Q hold output and let it go on. */
  boolean hasUsualFlowKeys() {
    return hasInput(IXON) && character(VSTOP) == 0x13 && character(VSTART) == 0x11;
  }

  /** A special character as a number from 0 to 255. */
  int character(int which) {
    return characters[which] & 0xff;
  }

  /** Whether a byte is a special character, which 0 switches off. */
  boolean is(int b, int which) {
    return b != 0 && b == character(which);
  }

  /** Writes struct termios, or termios2 if there is room for it. */
  public void write(ByteBuffer to) {
    to.putInt(0, input).putInt(4, output).putInt(8, control).putInt(12, local).put(16, line);
    to.put(17, characters);
    if (to.capacity() >= BYTES_2) {
      to.putInt(36, inputSpeed).putInt(40, outputSpeed);
    }
  }

  /**
   * Reads struct termios, or termios2 if there is so much.
   *
   * @param old what the terminal has so far
   */
  public static Modes read(ByteBuffer from, Modes old) {
    int control = from.getInt(8);
    byte[] characters = new byte[CHARACTERS];
    from.get(17, characters);
    boolean numbers = from.capacity() >= BYTES_2;
    int output = speed(control & CBAUD, numbers ? from.getInt(40) : old.outputSpeed);
    int number = control >>> IBSHIFT & CBAUD;
    int input = number == 0 ? output : speed(number, numbers ? from.getInt(36) : old.inputSpeed);
    return new Modes(
        from.getInt(0),
        from.getInt(4),
        control,
        from.getInt(12),
        from.get(16),
        characters,
        input,
        output);
  }

  private static int speed(int number, int given) {
    int index = (number & BOTHER) != 0 ? 16 + (number & 017) : number & 017;
    return number == BOTHER ? given : SPEEDS[Math.min(index, SPEEDS.length - 1)];
  }

  /** The same modes as a pseudoterminal has them, whose line always has eight bits, no parity. */
  Modes ofPseudoterminal() {
    int line8 = control & ~(CSIZE | PARENB) | CS8 | CREAD;
    return new Modes(input, output, line8, local, line, characters, inputSpeed, outputSpeed);
  }
}
