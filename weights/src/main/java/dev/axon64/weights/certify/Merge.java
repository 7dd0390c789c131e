package dev.axon64.weights.certify;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.certify.Certificate.Bin;
import dev.axon64.weights.certify.Certificate.GroupCount;
import dev.axon64.weights.certify.Certificate.KernelCount;
import dev.axon64.weights.certify.Certificate.MapView;
import dev.axon64.weights.certify.Certificate.Margins;
import dev.axon64.weights.certify.Certificate.OrderResult;
import dev.axon64.weights.certify.Certificate.PcResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a certificate of shards. */
final class Merge {
  private final Shard.Common common;
  private final Subject subject;
  private final WordRange whole;
  private final SweepCounts counts;
  private final long[] expected;

  private Merge(Shard.Common common, WordRange whole, SweepCounts counts) {
    this.common = common;
    this.subject = common.subject();
    this.whole = whole;
    this.counts = counts;
    this.expected = new long[common.map().cells()];
    Runs.decode(common.expected(), expected);
  }

  /** A shard, and what messages call it. */
  record Named(String name, Shard shard) {}

  /**
   * Merges shards of one network that together are {@code whole}.
   *
   * @throws InputException on shards of different networks, gaps or overlaps
   */
  static Certificate of(List<Named> shards, WordRange whole) {
    List<Named> sorted =
        shards.stream().sorted(Comparator.comparingLong(s -> s.shard.range().from())).toList();
    Named first = sorted.get(0);
    SweepCounts counts = first.shard.common().nothing();
    long at = whole.from();
    for (Named named : sorted) {
      if (!named.shard.common().equals(first.shard.common())) {
        throw new InputException(
            named.name,
            "is of another spec, other weights or other generated code than "
                + first.name
                + "; merge shards of one model, made by one version");
      }
      long from = named.shard.range().from();
      if (from != at) {
        throw new InputException(
            named.name,
            String.format(
                "begins at word 0x%x, but 0x%x is next; give every shard, and each once",
                from, at));
      }
      at = named.shard.range().to();
      counts.add(named.shard.sums());
    }
    if (at != whole.to()) {
      throw new InputException(
          sorted.get(sorted.size() - 1).name,
          String.format(
              "is the last shard, but words from 0x%x on are missing; give them too", at));
    }
    return new Merge(first.shard.common(), whole, counts).certificate();
  }

  private Certificate certificate() {
    List<GroupCount> groups = groups();
    long wrong = groups.stream().mapToLong(GroupCount::wrong).sum();
    List<String> reasons = reasons(wrong);
    return new Certificate(
        Certificate.FORMAT,
        subject,
        reasons.isEmpty(),
        reasons,
        counts.words,
        wrong,
        counts.disagreements,
        kernels(),
        confusion(),
        groups,
        margins(),
        new PcResult(common.pc(), counts.pcUnproven, counts.pcChanged),
        new OrderResult(common.order(), counts.orderUnsafeByRow, counts.orderUnsafe),
        map());
  }

  private List<String> reasons(long wrong) {
    List<String> reasons = new ArrayList<>();
    if (!whole.equals(WordRange.ALL)) {
      reasons.add("only " + counts.words + " words were swept");
    }
    unless(wrong == 0, wrong + " words get another kernel than their encoding group's", reasons);
    unless(
        counts.disagreements == 0,
        counts.disagreements
            + " words are answered differently by two ways into the generated code",
        reasons);
    unless(counts.ties == 0, counts.ties + " words have two best scores that are equal", reasons);
    unless(
        counts.pcUnproven == 0,
        counts.pcUnproven + " words are not proven to keep their kernel at every pc",
        reasons);
    unless(
        counts.orderUnsafe == 0,
        counts.orderUnsafe + " words might get another kernel in another order of evaluation",
        reasons);
    return List.copyOf(reasons);
  }

  private static void unless(boolean fine, String reason, List<String> reasons) {
    if (!fine) {
      reasons.add(reason);
    }
  }

  private long[][] byLabel() {
    int n = subject.kernels().size();
    long[][] words = new long[n][n];
    for (int g = 0; g < subject.groups().size(); g++) {
      long[] row = words[subject.groups().get(g).kernel()];
      for (int k = 0; k < n; k++) {
        row[k] += counts.groups[g * n + k];
      }
    }
    return words;
  }

  private Map<String, KernelCount> kernels() {
    long[][] words = byLabel();
    Map<String, KernelCount> counts = new LinkedHashMap<>();
    for (int k = 0; k < words.length; k++) {
      long labelled = 0;
      long answered = 0;
      for (int other = 0; other < words.length; other++) {
        labelled += words[k][other];
        answered += words[other][k];
      }
      counts.put(subject.kernels().get(k), new KernelCount(labelled, answered));
    }
    return counts;
  }

  private Map<String, Map<String, Long>> confusion() {
    long[][] words = byLabel();
    Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
    for (int label = 0; label < words.length; label++) {
      Map<String, Long> row = new LinkedHashMap<>();
      for (int answer = 0; answer < words.length; answer++) {
        if (words[label][answer] != 0) {
          row.put(subject.kernels().get(answer), words[label][answer]);
        }
      }
      rows.put(subject.kernels().get(label), row);
    }
    return rows;
  }

  private List<GroupCount> groups() {
    int n = subject.kernels().size();
    List<GroupCount> all = new ArrayList<>();
    for (int g = 0; g < subject.groups().size(); g++) {
      Subject.Group group = subject.groups().get(g);
      long words = 0;
      for (int k = 0; k < n; k++) {
        words += counts.groups[g * n + k];
      }
      long right = counts.groups[g * n + group.kernel()];
      String kernel = subject.kernels().get(group.kernel());
      all.add(new GroupCount(group.name(), kernel, words, words - right));
    }
    return all;
  }

  private Margins margins() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < SweepCounts.BINS; bin++) {
      float from = SweepCounts.binStart(bin);
      if (counts.margins[bin] != 0 && Float.isFinite(from)) {
        float below = SweepCounts.binStart(bin + 1);
        bins.add(
            new Bin(from, Float.isFinite(below) ? below : Float.MAX_VALUE, counts.margins[bin]));
      }
    }
    boolean any = Float.isFinite(counts.smallestMargin);
    return new Margins(
        counts.ties,
        any ? counts.smallestMargin : null,
        any ? String.format("0x%08x", counts.smallestMarginWord) : null,
        bins);
  }

  private MapView map() {
    long[] answered = new long[expected.length];
    long[] percent = new long[expected.length];
    int n = subject.kernels().size();
    for (int cell = 0; cell < expected.length; cell++) {
      long all = 0;
      int most = 0;
      for (int k = 0; k < n; k++) {
        long words = counts.cells[cell * n + k];
        all += words;
        most = words > counts.cells[cell * n + most] ? k : most;
      }
      long wrong = all - counts.cells[cell * n + (int) expected[cell]];
      answered[cell] = most;
      percent[cell] = all == 0 ? 0 : (100 * wrong + all - 1) / all;
    }
    return new MapView(
        common.map().across(),
        common.map().down(),
        common.expected(),
        Runs.encode(answered),
        Runs.encode(percent));
  }
}
