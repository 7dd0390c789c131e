package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.MemoryFault;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Writes calls as strace does, one per line. */
final class CallTrace {
  private static final int LONGEST_TEXT = 40;
  private static final int MOST_DECIMAL = 1 << 20;

  private final Consumer<String> lines;

  CallTrace(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * A call with its arguments.
   *
   * @param call null if Linux has none of this number
   */
  static String text(Task task, long number, SystemCall call, long[] a) {
    if (call == null) {
      return "#" + number;
    }
    StringJoiner text = new StringJoiner(", ", call + "(", ")");
    for (int i = 0; i < a.length; i++) {
      text.add(argument(task, call.format().charAt(i), a[i]));
    }
    return text.toString();
  }

  private static String argument(Task task, char letter, long value) {
    return switch (letter) {
      case 'i' -> Integer.toString((int) value);
      case 'l' -> Long.toString(value);
      case 'u' -> Long.toUnsignedString(value);
      case 'o' -> "0" + Integer.toOctalString((int) value);
      case 'f' -> (int) value == Flags.AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) value);
      case 's' -> string(task, value);
      default -> "0x" + Long.toHexString(value);
    };
  }

  private static String string(Task task, long address) {
    StringBuilder text = new StringBuilder("\"");
    try {
      for (int i = 0; i < LONGEST_TEXT; i++) {
        int c = (int) task.cpu.memory.load8(address + i);
        if (c == 0) {
          return text.append('"').toString();
        }
        if (c == '\n') {
          text.append("\\n");
        } else if (c < ' ' || c > '~') {
          text.append(String.format("\\x%02x", c));
        } else {
          text.append((char) c);
        }
      }
    } catch (MemoryFault e) {
      return "0x" + Long.toHexString(address);
    }
    return text.append("\"...").toString();
  }

  /** Writes that a call waits. */
  void waits(Task task, String text) {
    line(task, text + " ...");
  }

  /** Writes what came of a call. */
  void result(Task task, String text, long result) {
    line(task, text + " = " + shown(result));
  }

  private static String shown(long result) {
    if (result < 0 && result > -4096) {
      return "-1 " + Errno.name((int) -result);
    }
    return result >= 0 && result < MOST_DECIMAL
        ? Long.toString(result)
        : "0x" + Long.toHexString(result);
  }

  private void line(Task task, String text) {
    lines.accept("[" + task.id + "] " + text);
  }
}
