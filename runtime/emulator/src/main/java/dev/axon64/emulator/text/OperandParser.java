package dev.axon64.emulator.text;

import dev.axon64.emulator.text.Operand.Indexing;
import dev.axon64.emulator.text.Operand.Memory;
import dev.axon64.emulator.text.Operand.Register;
import dev.axon64.emulator.text.Operand.Shift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the disassembler writes, whose forms are these and no others. */
final class OperandParser {
  private static final Pattern REGISTER =
      Pattern.compile("([xwbhsdqv][0-9]+|w?sp|[xw]zr)(?:\\.([0-9]*[bhsdq]))?(?:\\[([0-9]+)\\])?");
  private static final Pattern LIST = Pattern.compile("\\{([^}]*)\\}(?:\\[([0-9]+)\\])?");
  private static final Pattern SHIFT =
      Pattern.compile("(lsl|lsr|asr|ror|msl|[us]xt[bhwx])(?: #([0-9]+))?");
  private static final Set<String> CONDITIONS =
      Set.of(
          "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al",
          "nv");

  private OperandParser() {}

  /** The operands behind a mnemonic. */
  static List<Operand> parse(String mnemonic, String text) {
    List<Operand> operands = new ArrayList<>();
    for (String part : parts(text)) {
      Operand operand = operand(mnemonic, part);
      boolean postponed =
          !operands.isEmpty()
              && operands.getLast() instanceof Memory memory
              && memory.offset().isEmpty()
              && memory.indexing() == Indexing.OFFSET;
      if (postponed) {
        Memory memory = (Memory) operands.removeLast();
        operands.add(
            new Memory(memory.base(), Optional.of(operand), Optional.empty(), Indexing.POST));
      } else {
        operands.add(operand);
      }
    }
    return operands;
  }

  /** Cuts at commas outside brackets and braces. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private static Operand operand(String mnemonic, String part) {
    if (part.startsWith("[")) {
      return memory(part);
    }
    if (part.startsWith("#")) {
      return immediate(part.substring(1));
    }
    if (part.startsWith("0x")) {
      return new Operand.Label(Long.parseUnsignedLong(part.substring(2), 16));
    }
    Matcher list = LIST.matcher(part);
    if (list.matches()) {
      return new Operand.RegisterList(registers(list.group(1)), number(list.group(2)));
    }
    Matcher shift = SHIFT.matcher(part);
    if (shift.matches()) {
      return new Shift(shift.group(1), number(shift.group(2)));
    }
    if (REGISTER.matcher(part).matches()) {
      return register(part);
    }
    if (CONDITIONS.contains(part)) {
      return new Operand.Condition(part);
    }
    return mnemonic.equals("mrs") || mnemonic.equals("msr")
        ? new Operand.SystemRegister(part)
        : new Operand.Option(part);
  }

  private static Register register(String text) {
    Matcher register = REGISTER.matcher(text);
    if (!register.matches()) {
      throw new IllegalStateException("no register: " + text);
    }
    return new Register(
        register.group(1), Optional.ofNullable(register.group(2)), number(register.group(3)));
  }

  /** {@code v0.4s, v1.4s}, or {@code v0.4s-v3.4s}. */
  private static List<Register> registers(String text) {
    String[] ends = text.split("-");
    if (ends.length == 1) {
      return Arrays.stream(text.split(",")).map(each -> register(each.strip())).toList();
    }
    Register first = register(ends[0].strip());
    int last = register(ends[1].strip()).number();
    List<Register> all = new ArrayList<>(List.of(first));
    for (int at = first.number(); at != last; ) {
      at = (at + 1) % 32;
      all.add(new Register("v" + at, first.arrangement(), first.lane()));
    }
    return all;
  }

  /** {@code [x0, w1, uxtw #2]}, {@code [x0, #8]!}. */
  private static Memory memory(String text) {
    Indexing indexing = text.endsWith("!") ? Indexing.PRE : Indexing.OFFSET;
    List<String> parts = parts(text.substring(1, text.indexOf(']')));
    Optional<Operand> offset =
        parts.size() < 2 ? Optional.empty() : Optional.of(operand("", parts.get(1)));
    Optional<Shift> shift =
        parts.size() < 3 ? Optional.empty() : Optional.of((Shift) operand("", parts.get(2)));
    return new Memory(register(parts.getFirst()), offset, shift, indexing);
  }

  private static Operand immediate(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.startsWith("0x")) {
      long value = Long.parseUnsignedLong(digits.substring(2), 16);
      return new Operand.Immediate(negative ? -value : value);
    }
    return digits.matches("[0-9]+")
        ? new Operand.Immediate(Long.parseLong(text))
        : new Operand.FloatImmediate(Double.parseDouble(text));
  }

  private static OptionalInt number(String digits) {
    return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }
}
