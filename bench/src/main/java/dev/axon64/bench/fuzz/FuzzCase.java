package dev.axon64.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the function is called.
 *
 * @param emulator what executes it
 * @param page whether its one page that can be written is reset, and not registers alone
 * @param covered whether edges between blocks are counted
 * @param input what it is called with
 */
public record FuzzCase(Emulator emulator, boolean page, boolean covered, Input input) {
  /** What executes. */
  public enum Emulator {
    AXON64("axon64"),
    UNICORN("libunicorn2");

    private final String label;

    Emulator(String label) {
      this.label = label;
    }

    /** The name in tables. */
    public String label() {
      return label;
    }
  }

  /** What the function is called with. */
  public enum Input {
    /** A call of fifty instructions, most of whose time is what is around it. */
    SMALL(3),
    /** A call of many instructions, most of whose time is theirs and their blocks'. */
    LARGE(2048);

    private final int bytes;

    Input(int bytes) {
      this.bytes = bytes;
    }

    /** The bytes: lower-case letters. */
    public byte[] get() {
      byte[] letters = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        letters[i] = (byte) ('a' + i % 26);
      }
      return letters;
    }
  }

  /** All cases, in the order of the table. */
  public static List<FuzzCase> all() {
    List<FuzzCase> cases = new ArrayList<>();
    for (Input input : Input.values()) {
      for (boolean page : new boolean[] {false, true}) {
        for (boolean covered : new boolean[] {false, true}) {
          for (Emulator emulator : Emulator.values()) {
            if (input == Input.SMALL || !page) {
              cases.add(new FuzzCase(emulator, page, covered, input));
            }
          }
        }
      }
    }
    return cases;
  }

  /** This case, as something else executes it. */
  public FuzzCase on(Emulator other) {
    return new FuzzCase(other, page, covered, input);
  }

  /** This case without the hook; empty if it has none. */
  public Optional<FuzzCase> unhooked() {
    return covered ? Optional.of(new FuzzCase(emulator, page, false, input)) : Optional.empty();
  }

  /** The name in messages, and for filters. */
  public String name() {
    return "%s, %s, %s, %d bytes"
        .formatted(emulator.label(), reset(), covered ? "coverage" : "no hook", input.bytes);
  }

  /** What is reset before each call. */
  public String reset() {
    return page ? "registers, page" : "registers";
  }
}
