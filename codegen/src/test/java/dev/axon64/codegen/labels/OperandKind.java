package dev.axon64.codegen.labels;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may have to stand among the operands for a mnemonic to mean one kernel. */
enum OperandKind {
  ANY {
    @Override
    boolean in(String operands) {
      return true;
    }
  },
  SCALABLE {
    @Override
    boolean in(String operands) {
      return SCALABLE_REGISTER.matcher(operands).find();
    }
  },
  VECTOR {
    @Override
    boolean in(String operands) {
      return VECTOR_REGISTER.matcher(operands).find();
    }
  },
  IMMEDIATE {
    @Override
    boolean in(String operands) {
      return LAST_IMMEDIATE.matcher(operands).find();
    }
  },
  BITMASK {
    @Override
    boolean in(String operands) {
      Matcher immediate = LAST_IMMEDIATE.matcher(operands);
      return immediate.find()
          && (STACK.in(operands) || !isWide(value(immediate), operands.startsWith("w")));
    }
  },
  STACK {
    @Override
    boolean in(String operands) {
      return STACK_POINTER.matcher(operands).find();
    }
  };

  private static final Pattern SCALABLE_REGISTER =
      Pattern.compile("\\b(z\\d+|p\\d+|pn\\d+|za\\d*[hv]?|zt0)\\b");
  private static final Pattern VECTOR_REGISTER =
      Pattern.compile("\\b(v\\d+\\.\\d*[bhsdq]|[bhsdq]\\d+)\\b");
  private static final Pattern STACK_POINTER = Pattern.compile("\\bw?sp\\b");
  private static final Pattern LAST_IMMEDIATE = Pattern.compile("#(-?)(0x)?([0-9a-f]+)$");

  /** Whether these operands are of this kind. */
  abstract boolean in(String operands);

  private static long value(Matcher immediate) {
    int radix = immediate.group(2) == null ? 10 : 16;
    long magnitude = Long.parseUnsignedLong(immediate.group(3), radix);
    return immediate.group(1).isEmpty() ? magnitude : -magnitude;
  }

  /**
   * Whether one MOVZ or MOVN makes the value: all halfwords but one are 0, or all but one are ~0.
   */
  private static boolean isWide(long value, boolean word) {
    return isOneHalfword(value, word) || isOneHalfword(~value, word);
  }

  private static boolean isOneHalfword(long value, boolean word) {
    long rest = word ? value & 0xffff_ffffL : value;
    for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
      if ((rest & ~(0xffffL << shift)) == 0) {
        return true;
      }
    }
    return false;
  }
}
