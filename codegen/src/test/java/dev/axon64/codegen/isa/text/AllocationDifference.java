package dev.axon64.codegen.isa.text;

import dev.axon64.codegen.labels.Disassembler.Instruction;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why objdump names words that are undefined here, by the mnemonic it prints. */
enum AllocationDifference {
  POINTER_AUTHENTICATION(
      "FEAT_PAuth outside hint space is not implemented",
      "bl?ra[ab]z?|e?reta[ab]|ldra[ab]|pacga|(pac|aut)[id]z?[ab]|xpac[id]"),
  MEMORY_TAGGING(
      "FEAT_MTE is not implemented", "addg|subg|gmi|irg|subps?|cmpp|st2?z?2?g|stgp|(ld|stz?)gm?"),
  MEMORY_COPY("FEAT_MOPS is not implemented", "cpyf?[pme][rwtn]*|setg?[pme]t?n?"),
  COMMON_SHORT_SEQUENCES(
      "FEAT_CSSC is not implemented", "[su]max|[su]min|abs|cnt|ctz", Group.NOT_VECTORS),
  HINTED_BRANCHES("FEAT_HBC is not implemented", "bc\\..."),
  TRANSACTIONS("FEAT_TME is not implemented", "tcancel|tstart|tcommit|ttest"),
  LOADS_OF_64_BYTES("FEAT_LS64 is not implemented", "ld64b|st64bv?0?"),
  UNSCALED_ORDERED("FEAT_LRCPC2 is not implemented", "ldapur(s?[bhw])?|stlur[bh]?"),
  LIMITED_ORDERING("FEAT_LOR is not implemented", "ldlar[bh]?|stllr[bh]?"),
  FLAG_FORMATS("FEAT_FlagM2 is not implemented", "[ax][ax]flag"),
  WAIT_WITH_TIMEOUT("FEAT_WFxT is not implemented", "wfet|wfit"),
  PRIVILEGED(
      "system registers and operations that EL0 cannot reach, or that this machine has not, are"
          + " undefined; objdump names any number",
      "msr|mrs|sysl?|at|dc|ic|tlbi|cfp|cpp|dvp|brb|smstart|smstop|dsb"),
  VECTOR_PROCESSING(
      "FP and SIMD data processing that is not in the spec yet", ".*", Group.VECTOR_PROCESSING),
  SCALABLE("SVE and SME are not implemented", ".*", Group.SCALABLE);

  /** The part of the encoding space that a difference is confined to. */
  private enum Group {
    ALL,
    NOT_VECTORS,
    VECTOR_PROCESSING,
    SCALABLE;

    boolean holds(int word) {
      int group = word >>> 25 & 15;
      return switch (this) {
        case ALL -> true;
        case NOT_VECTORS -> (group & 7) != 7;
        case VECTOR_PROCESSING -> (group & 7) == 7;
        case SCALABLE -> group < 4;
      };
    }
  }

  private final String reason;
  private final Pattern mnemonics;
  private final Group group;

  AllocationDifference(String reason, String mnemonics) {
    this(reason, mnemonics, Group.ALL);
  }

  AllocationDifference(String reason, String mnemonics, Group group) {
    this.reason = reason;
    this.mnemonics = Pattern.compile(mnemonics);
    this.group = group;
  }

  String reason() {
    return reason;
  }

  /** Which of these explains that objdump knows a word; empty if none does. */
  static Optional<AllocationDifference> of(Instruction theirs) {
    return Arrays.stream(values())
        .filter(each -> each.group.holds(theirs.word()))
        .filter(each -> each.mnemonics.matcher(theirs.mnemonic()).matches())
        .findFirst();
  }
}
