package dev.axon64.linux.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Strings keep all bytes of names. */
class GuestTextTest {
  @Test
  void textInUtf8IsItself() {
    String text = "h\u00e9 \ud83d\ude00 \u20ac";
    assertEquals(text, GuestText.of(text.getBytes(StandardCharsets.UTF_8)));
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), GuestText.bytes(text));
  }

  @Test
  void noByteGetsLost() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(9)];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, GuestText.bytes(GuestText.of(bytes)));
    }
  }
}
