package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;

/** Checks that bytes are refused by one clear line. */
final class Refusal {
  private Refusal() {}

  /** The message for {@code bytes} starts with the file's name and has all {@code fragments}. */
  static void of(byte[] bytes, String... fragments) {
    InputException refusal =
        assertThrows(InputException.class, () -> TensorFiles.read(bytes, "given.file"));
    check(refusal, fragments);
    assertTrue(refusal.getMessage().startsWith("given.file: "), refusal.getMessage());
  }

  static void check(InputException refusal, String... fragments) {
    String message = refusal.getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String fragment : fragments) {
      assertTrue(message.contains(fragment), () -> "'" + fragment + "' is not in: " + message);
    }
  }
}
