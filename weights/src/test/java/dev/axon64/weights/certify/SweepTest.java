package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
  private static final int SPAN = 3 * Sweep.CHUNK;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsWhatTheReferenceAnswers(long seed) {
    Network network = RandomNetwork.of(seed).network();
    SplittableRandom random = new SplittableRandom(seed);
    Certifier certifier = new Certifier(network, Sweeps.FILE);
    for (int i = 0; i < 2; i++) {
      long from = random.nextLong(WordRange.WORDS / SPAN) * SPAN / Sweep.CHUNK * Sweep.CHUNK;
      compare(network, certifier, new WordRange(from, from + SPAN));
    }
  }

  @Test
  void countsWhatTheReferenceAnswersOnShippedSpecs() {
    for (String name : new String[] {"a64", "kvrm7", "published"}) {
      Network network = Sweeps.dyadic(name, 5);
      Certifier certifier = new Certifier(network, Sweeps.FILE);
      // Data processing by register with its divide group, and the last words there are.
      for (long from : new long[] {0x1ac00000L, 0xffffd000L}) {
        compare(network, certifier, new WordRange(from, from + SPAN));
      }
    }
  }

  /** Books every word on its own, by label() and the scalar reference. */
  private static void compare(Network network, Certifier certifier, WordRange range) {
    DispatchSpec spec = network.spec();
    SweepCounts counts = certifier.common().nothing();
    EncodingMap map = certifier.common().map();
    int n = (int) range.size();
    int[] words = new int[n];
    for (int i = 0; i < n; i++) {
      words[i] = (int) (range.from() + i);
    }
    int[] kernels = new int[n];
    float[] margins = new float[n];
    new ReferenceDispatcher(network).kernelsWithMargins(words, new long[n], kernels, margins, 0, n);
    long wrong = 0;
    for (int i = 0; i < n; i++) {
      counts.cells[Integer.compress(words[i], map.mask()) * counts.kernels + kernels[i]]++;
      counts.margins[Float.floatToRawIntBits(margins[i]) >>> SweepCounts.BIN_SHIFT]++;
      counts.ties += margins[i] == 0 ? 1 : 0;
      counts.margin(margins[i], Integer.toUnsignedLong(words[i]));
      wrong += kernels[i] == spec.label(words[i]) ? 0 : 1;
    }
    Shard shard = certifier.sweep(range, 3, done -> {});
    SweepCounts counted = shard.sums();
    assertEquals(n, counted.words);
    assertArrayEquals(counts.cells, counted.cells);
    assertArrayEquals(counts.margins, counted.margins);
    assertEquals(counts.ties, counted.ties);
    assertEquals(counts.smallestMargin, counted.smallestMargin);
    assertEquals(counts.smallestMarginWord, counted.smallestMarginWord);
    Certificate certificate = Merge.of(List.of(new Merge.Named("sweep", shard)), range);
    assertEquals(wrong, certificate.wrong());
    assertFalse(certificate.certified(), "a part of the words certifies nothing");
  }

  @Test
  void labelsAreConstantInABlock() {
    SplittableRandom random = new SplittableRandom(3);
    for (String name : new String[] {"a64", "published"}) {
      Network network = Sweeps.dyadic(name, 1);
      Sweep sweep = new Sweep(network, Lowering.lower(network));
      assertEquals(1024, sweep.block);
      for (int i = 0; i < 100_000; i++) {
        int word = random.nextInt();
        int first = word & -sweep.block;
        int group = sweep.group(first);
        assertEquals(network.spec().label(word), sweep.spec.groups().get(group).kernel());
        assertEquals(
            network.spec().label(word),
            network.spec().label(sweep.map.word(EncodingMap.cell(word, sweep.map.mask()))));
      }
    }
  }

  @Test
  void progressEndsAtTheRangesSize() {
    AtomicLong most = new AtomicLong();
    WordRange range = new WordRange(0, 5L * Sweep.TASK / 2);
    new Certifier(Sweeps.dyadic("a64", 2), Sweeps.FILE)
        .sweep(range, 2, done -> most.accumulateAndGet(done, Math::max));
    assertEquals(range.size(), most.get());
  }

  @Test
  void shardsAreDisjointAndComplete() {
    for (int n : new int[] {1, 2, 3, 7, 100, 256}) {
      long at = 0;
      for (int i = 1; i <= n; i++) {
        WordRange shard = WordRange.shard(i + "/" + n);
        assertEquals(at, shard.from());
        assertTrue(shard.size() > 0);
        at = shard.to();
      }
      assertEquals(WordRange.WORDS, at);
    }
  }
}
