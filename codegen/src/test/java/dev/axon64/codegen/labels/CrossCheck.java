package dev.axon64.codegen.labels;

import dev.axon64.codegen.labels.Disassembler.Instruction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Compares the kernel that a disassembler's text calls for with a labelling of words. */
final class CrossCheck {
  /** What the text calls for when the mnemonic is on no list: always a disagreement. */
  static final String UNKNOWN = "no listed kernel";

  private static final int SHOWN = 20;

  private final MnemonicKernels texts = new MnemonicKernels();
  private final IntFunction<String> labels;
  private final TreeSet<String> mnemonics = new TreeSet<>();
  private final Map<String, Integer> settled = new TreeMap<>();
  private final List<Disagreement> disagreements = new ArrayList<>();
  private int compared;
  private int undefined;

  /** A word whose label is not what its text calls for, and nothing settles it. */
  record Disagreement(Instruction instruction, String byText, String byGroup) {
    @Override
    public String toString() {
      return instruction + ": the text calls for " + byText + ", the label is " + byGroup;
    }
  }

  /**
   * @param labels the kernel's name by word, as the eight-kernel model names it
   */
  CrossCheck(IntFunction<String> labels) throws IOException {
    this.labels = labels;
  }

  /** Counts a word that the disassembler does not know, and compares any other. */
  void compare(Instruction instruction) {
    if (!instruction.defined()) {
      undefined++;
      return;
    }
    compared++;
    mnemonics.add(instruction.mnemonic());
    String byText = texts.kernel(instruction).orElse(UNKNOWN);
    String byGroup = labels.apply(instruction.word());
    if (byText.equals(byGroup)) {
      return;
    }
    Optional<SettledDisagreement> known =
        SettledDisagreement.ALL.stream()
            .filter(entry -> entry.settles(instruction, byText, byGroup))
            .findFirst();
    if (known.isPresent()) {
      settled.merge(instruction.mnemonic(), 1, Integer::sum);
    } else {
      disagreements.add(new Disagreement(instruction, byText, byGroup));
    }
  }

  List<Disagreement> disagreements() {
    return disagreements;
  }

  int compared() {
    return compared;
  }

  /** The counts, in one line. */
  String summary() {
    return String.format(
        "%d words compared (%d mnemonics), %d undefined (%.1f %%), settled by the manual: %s,"
            + " disagreements: %d",
        compared,
        mnemonics.size(),
        undefined,
        100.0 * undefined / Math.max(1, compared + undefined),
        settled.isEmpty() ? "none" : settled,
        disagreements.size());
  }

  /** The first disagreements, and what to do about them. */
  String complaint() {
    StringBuilder text =
        new StringBuilder(
            "Look each up in the Arm manual's encoding tables, then correct the spec's groups, or"
                + " mnemonic-kernels.txt, or record it as a SettledDisagreement:\n");
    disagreements.stream().limit(SHOWN).forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }
}
