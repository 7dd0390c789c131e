package dev.axon64.codegen.network.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Damaged spec text gives a spec or one clear line, and nothing else. */
class SpecFuzzTest {
  private static final String[] TOKENS = {
    "model",
    "group",
    "index",
    "embedding",
    "feature",
    "layer",
    "decide",
    "kernel",
    "tensor",
    "word[31:24]",
    "pc[2]",
    "/",
    "@",
    "#",
    "\n",
    "0",
    "-1",
    "99999999999",
    "1e-99",
    "relu",
    "..",
    "include encoding-groups.spec",
    "32x44",
    "\u0000",
    "\ufffd",
    "argmax ties lowest above -1e6"
  };

  @Test
  void damagedTextIsRefusedInOneLine() throws IOException {
    Path folder = Path.of(System.getProperty("axon64.root"), "weights", "models");
    byte[] groups = Files.readAllBytes(folder.resolve("encoding-groups.spec"));
    String[] seeds = {
      Files.readString(folder.resolve("a64.spec")),
      Files.readString(folder.resolve("published.spec")),
      SpecTexts.SMALL
    };
    SplittableRandom random = new SplittableRandom(64);
    int refused = 0;
    int tries = Integer.getInteger("axon64.fuzz", 2000);
    for (int i = 0; i < tries; i++) {
      byte[] text = damage(seeds[random.nextInt(seeds.length)], random);
      try {
        DispatchSpecParser.parse("fuzz.spec", text, name -> groups);
      } catch (InputException e) {
        refused++;
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertTrue(e.getMessage().contains(".spec"), e.getMessage());
      }
    }
    System.out.println("spec text: " + tries + " mutants, " + refused + " refused");
    assertTrue(refused > tries / 10, "mutants that never hurt test nothing");
  }

  private static byte[] damage(String seed, SplittableRandom random) {
    StringBuilder text = new StringBuilder(seed);
    for (int edits = 1 + random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> text.setLength(at);
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, " " + TOKENS[random.nextInt(TOKENS.length)] + " ");
        case 3 -> text.insert(at, text.substring(at, end));
        default -> text.setCharAt(at, (char) random.nextInt(0x180));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
