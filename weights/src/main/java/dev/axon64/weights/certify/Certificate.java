package dev.axon64.weights.certify;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a network does with every word, and how far that is proven. The same network gives the same
 * certificate, byte for byte, on any machine: it holds no times and no names of machines. What is
 * not said to be absent must be there: constructors throw {@link NullPointerException}.
 *
 * @param format version of this layout
 * @param subject model, files and digests
 * @param certified whether the answer is right for every word at every pc in any order
 * @param reasons why not; empty if certified
 * @param words words swept through the generated code
 * @param wrong words whose kernel is not their label
 * @param disagreements words for which two ways into the generated code answer differently:
 *     batches, batches with margins, and single words (asked once for each 1024 consecutive words
 *     or fewer)
 * @param kernels by kernel name, in index order
 * @param confusion words by label, then by answer; answers never given are left out
 * @param groups encoding groups in the spec's order
 * @param margins best score less second best
 * @param pc independence of the pc
 * @param order independence of the order of evaluation
 * @param map the encoding space as a plane
 */
public record Certificate(
    int format,
    Subject subject,
    boolean certified,
    List<String> reasons,
    long words,
    long wrong,
    long disagreements,
    Map<String, KernelCount> kernels,
    Map<String, Map<String, Long>> confusion,
    List<GroupCount> groups,
    Margins margins,
    PcResult pc,
    OrderResult order,
    MapView map) {

  /** Version of the layout. */
  public static final int FORMAT = 1;

  public Certificate {
    Objects.requireNonNull(subject);
    reasons = List.copyOf(reasons);
    Objects.requireNonNull(kernels);
    Objects.requireNonNull(confusion);
    groups = List.copyOf(groups);
    Objects.requireNonNull(margins);
    Objects.requireNonNull(pc);
    Objects.requireNonNull(order);
    Objects.requireNonNull(map);
  }

  /** Words whose label a kernel is, and words that got it. */
  public record KernelCount(long labelled, long answered) {}

  /** Words of an encoding group, and those that did not get the group's kernel. */
  public record GroupCount(String name, String kernel, long words, long wrong) {
    public GroupCount {
      Objects.requireNonNull(name);
      Objects.requireNonNull(kernel);
    }
  }

  /**
   * Margins of all words.
   *
   * @param ties words whose two best scores are equal
   * @param smallest absent if no margin is finite
   * @param smallestWord the least word that has it, hexadecimal
   * @param bins that are not empty, ascending
   */
  public record Margins(long ties, Float smallest, String smallestWord, List<Bin> bins) {
    public Margins {
      bins = List.copyOf(bins);
    }
  }

  /** Words with a margin of at least {@code from} and less than {@code below}. */
  public record Bin(float from, float below, long words) {}

  /**
   * Independence of the pc.
   *
   * @param proof how it is shown
   * @param unproven words for which it is not
   * @param changed words whose kernel was seen to change at one of the proof's probing pcs
   */
  public record PcResult(PcProof proof, long unproven, long changed) {
    public PcResult {
      Objects.requireNonNull(proof);
    }
  }

  /**
   * Independence of the order of evaluation.
   *
   * @param proof how it is shown
   * @param withinRowBound words whose margin is within the bound for their row of the embedding
   * @param withinWordBound those that are also within a bound for their own inputs: the words that
   *     another order or contraction might decide differently
   */
  public record OrderResult(OrderProof proof, long withinRowBound, long withinWordBound) {
    public OrderResult {
      Objects.requireNonNull(proof);
    }
  }

  /**
   * Cells of the map, column by column, as {@link Runs}.
   *
   * @param across word bits that number the columns, highest first
   * @param down word bits that number the rows, highest first
   * @param expected index of the labelled kernel
   * @param answered index of the kernel that most of a cell's words got; the lower on a draw
   * @param wrongPercent share of a cell's words that got another kernel than expected, rounded up
   */
  public record MapView(
      List<Integer> across,
      List<Integer> down,
      String expected,
      String answered,
      String wrongPercent) {
    public MapView {
      across = List.copyOf(across);
      down = List.copyOf(down);
      Objects.requireNonNull(expected);
      Objects.requireNonNull(answered);
      Objects.requireNonNull(wrongPercent);
    }
  }
}
