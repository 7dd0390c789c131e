package dev.axon64.codegen.isa.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what a word is by looking at a few of its bits at a time. */
public sealed interface DecodeTree extends Decoder {
  /** The answer. */
  record Leaf(int answer) implements DecodeTree {}

  /**
   * Looks at {@code width} bits from {@code low} up.
   *
   * @param branches by their value
   * @param otherwise for all other values
   */
  record Switch(int low, int width, Map<Integer, DecodeTree> branches, DecodeTree otherwise)
      implements DecodeTree {}

  /** A set of words and its answer; where sets overlap, the first in the list wins. */
  record Candidate(Cube cube, int answer) {}

  @Override
  default int find(int word) {
    DecodeTree at = this;
    while (at instanceof Switch s) {
      at = s.branches.getOrDefault(word >>> s.low & (1 << s.width) - 1, s.otherwise);
    }
    return ((Leaf) at).answer;
  }

  /**
   * Builds the tree.
   *
   * @param candidates together they must own every word
   */
  static DecodeTree build(List<Candidate> candidates) {
    return Builder.build(candidates, 0);
  }

  /** Builds a tree from its root down. */
  final class Builder {
    private static final int WIDEST = 6;

    private Builder() {}

    private static DecodeTree build(List<Candidate> all, int known) {
      List<Candidate> live = reachable(all, known);
      Candidate first = live.get(0);
      if ((first.cube.mask() & ~known) == 0
          || live.stream().allMatch(c -> c.answer == first.answer)) {
        return new Leaf(first.answer);
      }
      int bits = choose(live, known);
      int low = Integer.numberOfTrailingZeros(bits);
      int width = Integer.bitCount(bits);
      Map<Integer, DecodeTree> branches = new TreeMap<>();
      for (int value = 0; value < 1 << width; value++) {
        Cube part = new Cube(bits, value << low);
        List<Candidate> inside = live.stream().filter(c -> c.cube.meets(part)).toList();
        branches.put(value, build(inside, known | bits));
      }
      DecodeTree common = mostCommon(branches);
      branches.values().removeIf(common::equals);
      return branches.isEmpty() ? common : new Switch(low, width, branches, common);
    }

    /** The candidates up to one that takes all words left; those after it can never win. */
    private static List<Candidate> reachable(List<Candidate> all, int known) {
      List<Candidate> live = new ArrayList<>();
      for (Candidate candidate : all) {
        live.add(candidate);
        if ((candidate.cube.mask() & ~known) == 0) {
          break;
        }
      }
      return live;
    }

    /** Chooses a run of bits that most candidates fix. */
    private static int choose(List<Candidate> live, int known) {
      int[] fixing = new int[Integer.SIZE];
      int most = 0;
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        if ((known >>> bit & 1) == 0) {
          for (Candidate candidate : live) {
            fixing[bit] += candidate.cube.mask() >>> bit & 1;
          }
          most = Math.max(most, fixing[bit]);
        }
      }
      int best = 0;
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        int run = 0;
        for (int i = bit; i < Math.min(Integer.SIZE, bit + WIDEST) && fixing[i] == most; i++) {
          run |= 1 << i;
        }
        best = Integer.bitCount(run) > Integer.bitCount(best) ? run : best;
      }
      return best;
    }

    private static DecodeTree mostCommon(Map<Integer, DecodeTree> branches) {
      DecodeTree best = null;
      int most = 0;
      for (DecodeTree tree : branches.values()) {
        int count = (int) branches.values().stream().filter(tree::equals).count();
        if (count > most) {
          most = count;
          best = tree;
        }
      }
      return best;
    }
  }
}
