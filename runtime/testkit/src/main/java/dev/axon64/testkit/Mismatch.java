package dev.axon64.testkit;

import dev.axon64.machine.state.Registers;
import java.util.Arrays;

/**
 * An instruction that two executors execute differently.
 *
 * @param word the instruction
 * @param before the state in which they differ
 * @param left what the first did
 * @param right what the second did
 * @param tries after how many instructions it was found
 */
public record Mismatch(
    int word,
    MachineState before,
    Executor first,
    Outcome left,
    Executor second,
    Outcome right,
    long tries) {
  /** The instruction, the state before it, and what is different after it, side by side. */
  public String report() {
    StringBuilder text = new StringBuilder();
    text.append("%08x  %s%n".formatted(word, Instructions.text(word)));
    text.append("before    %s%n".formatted(before));
    text.append("%-9s %-28s %s%n".formatted("", first.name(), second.name()));
    if (!left.trap().equals(right.trap())) {
      text.append("%-9s %-28s %s%n".formatted("trap", shown(left.trap()), shown(right.trap())));
    }
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      long a = left.after().slot(slot);
      long b = right.after().slot(slot);
      if (a != b) {
        text.append("%-9s 0x%-26x 0x%x%n".formatted(MachineState.name(slot), a, b));
      }
    }
    int at = Arrays.mismatch(left.after().memory(), right.after().memory());
    if (at >= 0) {
      text.append(
          "%-9s 0x%-26x 0x%x%n"
              .formatted(
                  "%x".formatted(MachineState.WINDOW + at),
                  left.after().memory()[at],
                  right.after().memory()[at]));
    }
    return text.toString();
  }

  private static String shown(String trap) {
    return trap.isEmpty() ? "completed" : trap;
  }
}
