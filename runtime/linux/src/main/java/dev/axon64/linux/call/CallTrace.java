package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.MemoryFault;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Writes calls as strace does, a line each. */
final class CallTrace {
  private static final int LONGEST_TEXT = 40;
  private final Consumer<String> lines;

  CallTrace(Consumer<String> lines) {
    this.lines = lines;
  }

  void line(Task task, String text) {
    lines.accept("[" + task.id + "] " + text);
  }

  /** A call with its arguments. */
  String text(Task task, CallTable.Entry entry, long[] a) {
    StringJoiner text = new StringJoiner(", ", entry.name() + "(", ")");
    for (int i = 0; i < entry.format().length(); i++) {
      text.add(
          switch (entry.format().charAt(i)) {
            case 'i' -> Integer.toString((int) a[i]);
            case 'l' -> Long.toString(a[i]);
            case 'u' -> Long.toUnsignedString(a[i]);
            case 'o' -> "0" + Integer.toOctalString((int) a[i]);
            case 'f' -> (int) a[i] == Flags.AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) a[i]);
            case 's' -> string(task, a[i]);
            default -> "0x" + Long.toHexString(a[i]);
          });
    }
    return text.toString();
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

  void result(Task task, String text, long result) {
    String shown =
        result < 0 && result > -4096
            ? "-1 " + Errno.name((int) -result)
            : result >= 0 && result < 1 << 20
                ? Long.toString(result)
                : "0x" + Long.toHexString(result);
    line(task, text + " = " + shown);
  }
}
