package dev.axon64.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.DispatchSpecParser;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodersTest {
  private static final int TRIES = Math.max(1000, Integer.getInteger("axon64.tries", 1000));

  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void decodersGiveTheLabelOfRandomWordsOfEveryTopByte(String model) {
    DispatchSpec spec = Models.spec(model);
    WordDecoder[] decoders = {SwitchDecoder.of(spec), new TableDecoder(spec)};
    SplittableRandom random = new SplittableRandom(64);
    for (int top = 0; top < 256; top++) {
      int high = top << 24;
      int[] words = random.ints(TRIES).map(w -> w & 0xff_ffff | high).toArray();
      compare(spec, decoders, words);
    }
  }

  /** Bits 31:21 and 15:11 are all that labels depend on, and this is every value of them. */
  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void decodersGiveTheLabelOfTheWholeDecisionDomain(String model) {
    DispatchSpec spec = Models.spec(model);
    assertEquals(0, spec.labelMask() & ~0xffe0_f800, "labels depend on no other bits");
    int[] words = new int[1 << 16];
    for (int i = 0; i < words.length; i++) {
      words[i] = (i >>> 5) << 21 | (i & 31) << 11;
    }
    compare(spec, new WordDecoder[] {SwitchDecoder.of(spec), new TableDecoder(spec)}, words);
  }

  private static void compare(DispatchSpec spec, WordDecoder[] decoders, int[] words) {
    int[] labels = Arrays.stream(words).map(spec::label).toArray();
    for (WordDecoder decoder : decoders) {
      int[] one = Arrays.stream(words).map(decoder::kernel).toArray();
      assertArrayEquals(labels, one, () -> decoder.getClass().getSimpleName());
      int[] batch = new int[words.length];
      decoder.kernels(words, batch, 0, words.length);
      assertArrayEquals(labels, batch, () -> decoder.getClass().getSimpleName() + ", batch");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "10"})
  void aSpecOfOtherKernelsIsRefused(String pattern) {
    String spec =
        """
        model other
        group some %s.. .... .... .... .... .... .... ...0
        group rest .... .... .... .... .... .... .... ....
        index word[31:24]
        embedding 1
        layer fc1 2 linear
        decide argmax ties lowest
        kernel 0 FIRST some
        kernel 1 SECOND rest
        tensor embedding 256x1 @ 0
        tensor fc1.weight 2x1 @ 256
        tensor fc1.bias 2 @ 258
        """
            .formatted(pattern);
    DispatchSpec other =
        DispatchSpecParser.parse("other", spec.getBytes(StandardCharsets.UTF_8), name -> null);
    InputException nested = assertThrows(InputException.class, () -> SwitchDecoder.of(other));
    assertTrue(nested.getMessage().contains("bench a shipped model"), nested.getMessage());
    InputException table = assertThrows(InputException.class, () -> new TableDecoder(other));
    assertTrue(table.getMessage().contains("31:21 and 15:11"), table.getMessage());
  }
}
