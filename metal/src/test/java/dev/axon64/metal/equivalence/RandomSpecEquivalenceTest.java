package dev.axon64.metal.equivalence;

import static org.junit.jupiter.api.Assertions.fail;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.metal.cpp.CppShader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random specs and random weights: generate, compile in memory, run, compare. A failure leaves the
 * spec, the weights, the input and every generated source in a folder that its message names.
 */
class RandomSpecEquivalenceTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("axon64.campaign");
  private static final int WORDS = 300;

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void everyExecutorAnswersAsTheReference(@ForAll long seed) {
    check(seed);
  }

  /** The campaign's share: many more seeds than jqwik's own few. */
  @Property(tries = 1)
  void campaign() {
    if (!CAMPAIGN) {
      System.out.println("skipped: 1,000 more random specs; they run with -Pcampaign");
      return;
    }
    for (long seed = 0; seed < 1000; seed++) {
      check(seed);
    }
    System.out.println("random specs: 1,000 seeds more, every executor as the reference");
  }

  private static void check(long seed) {
    RandomNetwork random = RandomNetwork.of(seed);
    SplittableRandom bits = new SplittableRandom(~seed);
    int[] words = bits.ints(WORDS).toArray();
    long[] pcs = bits.longs(WORDS).toArray();
    // A C++ compiler takes a second for each shader: one seed in four, or all in the campaign.
    boolean cpp = CppShader.compiler().isPresent() && (CAMPAIGN || (seed & 3) == 0);
    try (Peers peers = new Peers(random.network(), cpp)) {
      Map<String, int[]> answers = peers.answers(words, pcs);
      int[] expected = answers.get("reference");
      answers.forEach(
          (name, kernels) -> {
            int at = Arrays.mismatch(kernels, expected);
            if (at >= 0) {
              Path folder = attach(random, peers, words, pcs);
              fail(
                  String.format(
                      "seed %d, %s: word %08x at pc %x: kernel %d, reference %d; see %s",
                      seed, name, words[at], pcs[at], kernels[at], expected[at], folder));
            }
          });
    }
  }

  private static Path attach(RandomNetwork random, Peers peers, int[] words, long[] pcs) {
    Path folder = Path.of("target", "equivalence-failures", "seed-" + random.seed());
    AtomicFiles.write(folder.resolve("failing.spec"), random.text());
    TensorFiles.writeSafetensors(
        folder.resolve("weights.safetensors"),
        NetworkFiles.tensors(random.network()),
        new TreeMap<>());
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      input.append(String.format("%08x %016x%n", words[i], pcs[i]));
    }
    AtomicFiles.write(folder.resolve("words-and-pcs.txt"), input.toString());
    for (SourceFile source : peers.sources()) {
      AtomicFiles.write(folder.resolve(source.path()), source.text());
    }
    return folder;
  }
}
