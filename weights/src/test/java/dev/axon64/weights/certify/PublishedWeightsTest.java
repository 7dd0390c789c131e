package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.codegen.dispatch.MarginDispatcher;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published weights, which lie outside the repository. */
class PublishedWeightsTest {
  /** Every n-th chunk of the words by default; all of them in the campaign. */
  private static final long STRIDE = 4001;

  /** Chunks of which a word is known to change under fast math; the campaign found them. */
  private static final long[] CHANGED = {0x25e99000L, 0x82018000L, 0xd42e5000L};

  private static Network network;
  private static Sweep sweep;

  @BeforeAll
  static void load() {
    Path file =
        Path.of(System.getProperty("axon64.shared"), "seed/dispatch_weights_embedding_100pct.npy");
    assumeTrue(Files.exists(file), () -> "skipped: no published weights at " + file);
    network = NetworkFiles.read(SpecTexts.shipped("published"), file);
    sweep = new Sweep(network, Lowering.lower(network));
  }

  @Test
  void areNotCertifiedAndTheReasonsSayWhy() {
    // Top byte 0x91: ADD immediate.
    Certificate c =
        Sweeps.certify(network, new WordRange(0x91000000L, 0x91000000L + 16 * Sweep.CHUNK));
    assertFalse(c.certified());
    assertEquals("strict", c.subject().arithmetic());
    assertEquals(OrderProof.Kind.ERROR_BOUND, c.order().proof().kind());
    assertEquals(PcProof.Kind.INTERVAL, c.pc().proof().kind());
    assertEquals(2, c.pc().proof().fields().size());
    assertTrue(c.pc().changed() <= c.pc().unproven(), "a proven word was seen to change");
    assertTrue(c.order().withinWordBound() <= c.order().withinRowBound());
    assertEquals(0, c.disagreements());
  }

  /** Fused multiply-adds and reciprocals change only words that the certificate counts. */
  @Test
  void fastMathChangesOnlyCountedWords() {
    long stride = Boolean.getBoolean("axon64.campaign") ? 1 : STRIDE;
    LongStream sampled =
        LongStream.iterate(0, from -> from < WordRange.WORDS, from -> from + stride * Sweep.CHUNK);
    long[] chunks = LongStream.concat(sampled, LongStream.of(CHANGED)).toArray();
    AtomicInteger next = new AtomicInteger();
    long changed =
        Workers.run(
            Runtime.getRuntime().availableProcessors(),
            () -> changedWords(chunks, next),
            Long::sum);
    System.out.println("fast math changes " + changed + " words of " + chunks.length + " chunks");
    assertTrue(changed >= CHANGED.length, "the evaluator is not fast math: it changes " + changed);
  }

  private long changedWords(long[] chunks, AtomicInteger next) {
    MarginDispatcher dispatcher = sweep.dispatcher();
    RoundingCampaign fastMath = new RoundingCampaign(network);
    WordBounds bounds = new WordBounds(network);
    int[] words = new int[Sweep.CHUNK];
    long[] pcs = new long[Sweep.CHUNK];
    int[] strict = new int[Sweep.CHUNK];
    int[] other = new int[Sweep.CHUNK];
    float[] margins = new float[Sweep.CHUNK];
    long changed = 0;
    int chunk;
    while ((chunk = next.getAndIncrement()) < chunks.length) {
      for (int i = 0; i < words.length; i++) {
        words[i] = (int) chunks[chunk] + i;
      }
      dispatcher.kernelsWithMargins(words, pcs, strict, margins, 0, words.length);
      fastMath.kernels(words, other);
      for (int i = 0; i < words.length; i++) {
        if (strict[i] != other[i]) {
          changed++;
          int row = network.spec().index().extract(words[i], Sweep.REFERENCE_PC);
          assertTrue(sweep.rounding.reaches(row, strict[i], margins[i]), "uncounted by row");
          assertTrue(bounds.reaches(words[i], strict[i], margins[i]), "uncounted by word");
        }
      }
    }
    return changed;
  }

  /** The evaluator of the campaign computes this network, up to rounding. */
  @Test
  void theCampaignsEvaluatorAgreesWhereMarginsAreWide() {
    int[] words = new int[Sweep.CHUNK];
    int[] strict = new int[Sweep.CHUNK];
    int[] other = new int[Sweep.CHUNK];
    float[] margins = new float[Sweep.CHUNK];
    for (int top = 0; top < 256; top += 5) {
      for (int i = 0; i < words.length; i++) {
        words[i] = top << 24 | i * 0x1003 & 0xffffff;
      }
      sweep
          .dispatcher()
          .kernelsWithMargins(words, new long[words.length], strict, margins, 0, words.length);
      new RoundingCampaign(network).kernels(words, other);
      for (int i = 0; i < words.length; i++) {
        if (margins[i] > 0.01f) {
          assertEquals(strict[i], other[i]);
        }
      }
    }
  }
}
