package dev.axon64.propose.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  @Property
  void aWordIsReadBackFromItsBits(@ForAll int word) {
    float[] features = new float[2 * Features.WORD];
    Features.window(new int[] {~word, word}, features, 0);
    int back = 0;
    for (int bit = 0; bit < Features.WORD; bit++) {
      back |= (int) features[Features.WORD + bit] << bit;
    }
    assertEquals(word, back);
  }

  @Property
  void magnitudesKeepSignAndOrder(@ForAll long a, @ForAll long b) {
    assertEquals(Long.signum(a), (int) Math.signum(Features.magnitude(a)));
    assertTrue(
        Long.compare(a, b) * Double.compare(Features.magnitude(a), Features.magnitude(b)) >= 0);
    assertTrue(Math.abs(Features.magnitude(a)) <= 1);
  }

  @Test
  void registersAreMagnitudesThenPresences() {
    long[] registers = new long[Features.REGISTERS];
    registers[3] = 1023;
    registers[31] = Long.MIN_VALUE;
    float[] features = new float[Features.REGISTER_FILE];
    Features.registers(registers, features, 0);
    assertEquals(10f / 64, features[3], 1e-7f);
    assertEquals(-63f / 64, features[31], 1e-7f);
    for (int i = 0; i < Features.REGISTERS; i++) {
      assertEquals(registers[i] != 0 ? 1 : 0, features[Features.REGISTERS + i]);
    }
  }
}
