package dev.axon64.machine.oracle;

import dev.axon64.codegen.isa.model.Instruction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where libunicorn2 and this machine may differ, and why. */
enum KnownDifference {
  COUNTER("the counter and its frequency are the machine's own") {
    @Override
    boolean explains(Case c) {
      return c.name().startsWith("MRS_CNT");
    }
  },
  HALT("HLT halts for a debugger; without one it is undefined") {
    @Override
    boolean explains(Case c) {
      return c.ours() == StopKind.HLT && c.theirs() == StopKind.UNDEFINED;
    }
  },
  POINTER_AUTHENTICATION("libunicorn2 implements FEAT_PAuth, where XPACLRI changes X30") {
    @Override
    boolean explains(Case c) {
      return c.word() == XPACLRI;
    }
  },
  ALIGNMENT(
      "exclusives, atomics and acquiring and releasing accesses must be aligned without FEAT_LSE2,"
          + " which is checked before all else; qemu checks it last, or never") {
    @Override
    boolean explains(Case c) {
      return c.ours() == StopKind.ALIGNMENT;
    }
  },
  PARTLY_DONE(
      "what an access that faults leaves in memory and in the vector registers it loads is unknown;"
          + " qemu does the first elements or bytes, this machine none") {
    @Override
    boolean explains(Case c) {
      return c.ours() == c.theirs()
          && MEMORY_FAULTS.contains(c.ours())
          && (c.registers().isEmpty()
              || SEVERAL_ELEMENTS.matcher(c.name()).lookingAt()
                  && ONLY_VECTORS.matcher(c.registers()).matches());
    }
  },
  STORING_WHAT_CANNOT_BE_WRITTEN(
      "libunicorn2's DC ZVA and STXP write memory that is read-only, or fault after they finished") {
    @Override
    boolean explains(Case c) {
      return (c.name().equals("DC_ZVA") || c.name().startsWith("STXP"))
          && (c.ours() == StopKind.WRITE_FORBIDDEN || c.ours() == StopKind.WRITE_UNMAPPED);
    }
  },
  BITS_OF_AARCH32(
      "without AArch32 and FEAT_FP16, FPCR's Len, Stride and FZ16 and FPSR's N, Z, C and V are RES0") {
    @Override
    boolean explains(Case c) {
      return c.name().matches("MSR_FP[CS]R") && FLOATING_CONTROL.matcher(c.registers()).matches();
    }
  },
  MINIMUM_AND_MAXIMUM(
      "libunicorn2's LDSMAX, LDSMIN, LDUMAX and LDUMIN of less than 64 bits compare operands that"
          + " it does not extend alike") {
    @Override
    boolean explains(Case c) {
      return MINIMUM_OR_MAXIMUM.matcher(c.name()).matches()
          && c.ours() == c.theirs()
          && c.registers().isEmpty();
    }
  };

  private static final int XPACLRI = 0xd50320ff;
  private static final Set<StopKind> MEMORY_FAULTS =
      EnumSet.of(
          StopKind.READ_UNMAPPED,
          StopKind.READ_FORBIDDEN,
          StopKind.WRITE_UNMAPPED,
          StopKind.WRITE_FORBIDDEN);
  private static final Pattern SEVERAL_ELEMENTS =
      Pattern.compile("LD1_ST1|LD234|LD_ST_single|LD_replicate|LDN?P_vector");
  private static final Pattern ONLY_VECTORS = Pattern.compile("(V\\d+ (low|high) [^,]*(, )?)*");
  private static final Pattern FLOATING_CONTROL = Pattern.compile("FP[CS]R [^,]*");
  private static final Pattern MINIMUM_OR_MAXIMUM =
      Pattern.compile("LDADD_and_others_size[0-2]_opc[4-7]");

  /**
   * What happened.
   *
   * @param registers what differs after, by {@link StateDifference}
   */
  record Case(Instruction instruction, int word, StopKind ours, StopKind theirs, String registers) {
    String name() {
      return instruction.name();
    }
  }

  private final String reason;

  KnownDifference(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** Whether this is the reason. */
  abstract boolean explains(Case c);

  /** The first that explains a difference. */
  static Optional<KnownDifference> of(Case difference) {
    return Arrays.stream(values()).filter(each -> each.explains(difference)).findFirst();
  }
}
