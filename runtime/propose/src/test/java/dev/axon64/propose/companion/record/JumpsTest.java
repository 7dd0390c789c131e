package dev.axon64.propose.companion.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Meanings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JumpsTest {
  private final Jumps jumps = new Jumps(Meanings.a64());

  @Test
  void directBranchesWithoutALinkAreJumps() {
    Map<String, Integer> those = new LinkedHashMap<>();
    those.put("b", 0x17ffffff);
    those.put("b.ne", 0x54ffffe1);
    those.put("cbz x", 0xb4ffffe0);
    those.put("cbnz w", 0x35ffffe0);
    those.put("tbnz", 0xb707ffe0);
    Map<String, Integer> others = new LinkedHashMap<>();
    others.put("bl", 0x97ffffff);
    others.put("ret", 0xd65f03c0);
    others.put("br", 0xd61f0020);
    others.put("blr", 0xd63f0020);
    others.put("svc", 0xd4000001);
    others.put("subs", 0xf1000421);
    others.put("udf", 0);
    those.forEach((name, word) -> assertTrue(jumps.contain(word), name));
    others.forEach((name, word) -> assertFalse(jumps.contain(word), name));
  }

  /** The branches of the manual's tables: conditional, unconditional, compare, test. */
  @Test
  void randomBranchesAreTold() {
    Random random = new Random(64);
    for (int i = 0; i < 20_000; i++) {
      int word = random.nextInt() & 0xe3ffffff | 0x14000000;
      boolean b = word >>> 26 == 0x05;
      boolean compareOrTest = (word & 0x7c000000) == 0x34000000;
      boolean conditional = (word & 0xff000010) == 0x54000000;
      boolean expected = b || compareOrTest || conditional;
      assertEquals(expected, jumps.contain(word), () -> Integer.toHexString(word));
    }
  }
}
