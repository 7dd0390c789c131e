package dev.axon64.weights.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import org.junit.jupiter.api.Test;

final class DecisionDomainTest {
  private static final DispatchSpec SPEC = Models.spec("a64");

  @Test
  void shippedModelsHaveSeventeenBits() {
    assertEquals(1 << 17, DecisionDomain.of(SPEC).size());
    assertEquals(1 << 17, DecisionDomain.of(Models.spec("kvrm7")).size());
  }

  @Test
  void everyWordLooksLikeItsCase() {
    DecisionDomain domain = DecisionDomain.of(SPEC);
    SplitMix mix = new SplitMix(3);
    for (int i = 0; i < 200_000; i++) {
      int word = (int) mix.next();
      int number = Integer.compress(word, domain.mask());
      assertEquals(word & domain.mask(), domain.columns().words()[number]);
      assertEquals(SPEC.label(word), domain.columns().labels()[number]);
    }
  }

  @Test
  void borderCasesHoldEveryCaseOneBitFromAnotherKernel() {
    DecisionDomain domain = DecisionDomain.of(SPEC);
    Columns border = BorderCases.of(domain);
    boolean[] held = new boolean[domain.size()];
    for (int word : border.words()) {
      held[Integer.compress(word, domain.mask())] = true;
    }
    int[] labels = domain.columns().labels();
    for (int c = 0; c < domain.size(); c++) {
      for (int bit = 1; bit < 1 << 9; bit <<= 1) {
        assertTrue(labels[c] == labels[c ^ bit] || held[c], "case " + c);
      }
    }
    assertTrue(border.size() < domain.size() / 8);
  }

  @Test
  void domainTooLargeToEnumerateIsRefused() {
    DispatchSpec published = Models.spec("published");
    InputException e = assertThrows(InputException.class, () -> DecisionDomain.of(published));
    assertTrue(e.getMessage().contains("at most 2^20 cases"), e.getMessage());
  }
}
