package dev.axon64.weights.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DataSetTest {
  private static final DispatchSpec SPEC = Models.spec("a64");
  private static final DataSet DATA = DataSet.of(SPEC, 7);

  @Test
  void splitHasThePublishedSizes() {
    assertEquals(102_400, DATA.training().size());
    assertEquals(25_600, DATA.heldOut().size());
  }

  @Test
  void everyKernelIsWellRepresentedInBothParts() {
    for (Columns part : new Columns[] {DATA.training(), DATA.heldOut()}) {
      int[] counts = new int[SPEC.kernels().size()];
      Arrays.stream(part.labels()).forEach(k -> counts[k]++);
      for (int k = 0; k < counts.length; k++) {
        assertTrue(counts[k] >= part.size() / 20, SPEC.kernels().get(k) + " " + counts[k]);
      }
    }
  }

  @Test
  void eachWordComesAtSeveralAlignedPcs() {
    Columns part = DATA.training();
    int distinct = part.size() / DataSet.VARIATIONS;
    for (int i = 0; i < distinct; i++) {
      Set<Long> pcs = new HashSet<>();
      for (int at = i; at < part.size(); at += distinct) {
        assertEquals(part.words()[i], part.words()[at]);
        assertEquals(0, part.pcs()[at] & 3);
        pcs.add(part.pcs()[at]);
      }
      assertTrue(pcs.size() > 1, "all pcs alike at " + i);
    }
  }

  @Test
  void columnsSayWhatTheSpecSays() {
    Columns part = DATA.heldOut();
    for (int i = 0; i < part.size(); i += 97) {
      int word = part.words()[i];
      assertEquals(SPEC.label(word), part.labels()[i]);
      assertEquals(word >>> 24, part.rows()[i]);
      for (int f = 0; f < SPEC.features().size(); f++) {
        float value = SPEC.features().get(f).value(word, part.pcs()[i]);
        assertEquals(value, part.features()[f][i]);
        assertEquals(value, part.byExample()[i * SPEC.features().size() + f]);
      }
    }
  }

  @Test
  void seedDecidesEverySample() {
    assertArrayEquals(DATA.training().words(), DataSet.of(SPEC, 7).training().words());
    assertArrayEquals(DATA.training().pcs(), DataSet.of(SPEC, 7).training().pcs());
    assertFalse(Arrays.equals(DATA.training().words(), DataSet.of(SPEC, 8).training().words()));
  }

  @Test
  void splitMixGivesThePublishedSequence() {
    // First outputs of Vigna's splitmix64.c for the state 1234567.
    SplitMix mix = new SplitMix(1234567);
    assertEquals(6457827717110365317L, mix.next());
    assertEquals(3203168211198807973L, mix.next());
  }
}
