package dev.axon64.codegen.network.graph;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Damaged graph text gives a graph that lowers, or one clear line, and nothing else. */
class GraphFuzzTest {
  private static final String[] TOKENS = {
    "graph",
    "input",
    "output",
    "=",
    "as",
    "linear",
    "lstm",
    "layers",
    "bidirectional",
    "attention",
    "heads",
    "softmax",
    "groups",
    "concat",
    "slice",
    "last",
    "mean",
    "0",
    "-1",
    "1024",
    "8192",
    "99999999999",
    "v0",
    "v1",
    "\n",
    "#",
    "\u0000",
    "\ufffd"
  };

  @Test
  void damagedTextIsRefusedInOneLine() {
    SplittableRandom random = new SplittableRandom(64);
    int refused = 0;
    int tries = Integer.getInteger("axon64.fuzz", 2000);
    for (int i = 0; i < tries; i++) {
      String text = damage(RandomGraph.text(random.nextInt(50)), random);
      try {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        GraphLowering.lower(GraphParser.parse("fuzz.graph", bytes));
      } catch (InputException e) {
        refused++;
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
      }
    }
    System.out.println("graph text: " + tries + " mutants, " + refused + " refused");
    assertTrue(refused > tries / 10 && refused < tries, "mutants should hurt, but not always");
  }

  private static String damage(String seed, SplittableRandom random) {
    StringBuilder text = new StringBuilder(seed);
    for (int edits = random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> {
          if (Character.isDigit(text.charAt(at))) {
            text.setCharAt(at, (char) ('0' + random.nextInt(10)));
          }
        }
        case 2 -> text.insert(at, " " + TOKENS[random.nextInt(TOKENS.length)] + " ");
        case 3 -> text.insert(at, text.substring(at, end));
        default -> text.setCharAt(at, (char) random.nextInt(0x180));
      }
    }
    return text.toString();
  }
}
