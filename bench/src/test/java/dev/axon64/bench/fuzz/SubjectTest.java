package dev.axon64.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.machine.oracle.UnicornGuest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectTest {
  private static List<FuzzCase> cases() {
    return FuzzCase.all();
  }

  /** The function of {@code hash.c} again. */
  private static long hash(byte[] input) {
    long sum = 0xcbf29ce4L;
    for (byte one : input) {
      if (one < 'A' || one > 'Z') {
        sum = (sum ^ one & 0xff) * 0x1b3;
      }
    }
    return sum;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachCallGivesTheResult(FuzzCase of) {
    assumeIsHere(of.emulator());
    try (Subject subject = Subject.of(of)) {
      for (String input : List.of("abc", "", "xAyZ", "abc")) {
        assertEquals(hash(text(input)), subject.call(text(input)), input);
      }
      byte[] large = of.input().get();
      assertEquals(hash(large), subject.call(large));
      assertEquals(of.covered(), subject.coverage.edges() > 0);
    }
  }

  private static void assumeIsHere(FuzzCase.Emulator emulator) {
    assumeTrue(
        emulator == FuzzCase.Emulator.AXON64 || UnicornGuest.absence().isEmpty(),
        () -> UnicornGuest.absence().orElse(""));
  }

  /** Both count the same edges, so that both hooks have the same to do. */
  @Test
  void bothHooksAreToldOfTheSameBlocks() {
    assumeIsHere(FuzzCase.Emulator.UNICORN);
    try (Subject here = new Axon64Subject(true, true);
        Subject there = new UnicornSubject(true, true)) {
      for (String input : List.of("abc", "AbC", "", "z")) {
        here.call(text(input));
        there.call(text(input));
        assertArrayEquals(here.coverage.bytes(), there.coverage.bytes(), input);
      }
    }
  }

  @Test
  void aSmallCallHasFiftyInstructions() {
    assertEquals(50, FuzzRun.instructions(FuzzCase.Input.SMALL));
    assertTrue(FuzzRun.instructions(FuzzCase.Input.LARGE) > 20_000);
  }
}
