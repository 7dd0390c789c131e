package dev.axon64.codegen.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the language has a spec that breaks it, and is told so at the right place. */
class LanguageRefusalTest {
  private static final String PACKAGE = "dev/axon64/codegen/isa";

  static List<Refusals.Case> cases() {
    return Refusals.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhereAndWhat(Refusals.Case broken) {
    InputException refusal = assertThrows(InputException.class, broken::read);
    assertEquals("t.isa:" + broken.message(), refusal.getMessage());
    assertTrue(
        broken.message().matches("\\d+:\\d+: .*"), () -> "no line and column: " + broken.message());
  }

  /** Every line that throws an error is reached by a case. */
  @Test
  void everyErrorHasACase() throws IOException {
    Set<String> raised = new TreeSet<>();
    for (Refusals.Case broken : cases()) {
      InputException refusal = assertThrows(InputException.class, broken::read);
      for (StackTraceElement frame : refusal.getStackTrace()) {
        raised.add(frame.getFileName() + ":" + frame.getLineNumber());
      }
    }
    Set<String> missing = new TreeSet<>(errors());
    assertTrue(missing.size() > 80, "the sources were not found");
    missing.removeAll(raised);
    assertEquals(Set.of(), missing, "refusals.txt has no case for the errors at these lines");
  }

  /** File and line of everything that makes an error. */
  private static Set<String> errors() throws IOException {
    Path sources =
        Path.of(System.getProperty("axon64.root"), "codegen/src/main/java").resolve(PACKAGE);
    Set<String> errors = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(".error(")) {
          errors.add(file.getFileName() + ":" + (i + 1));
        }
      }
    }
    return errors;
  }

  /** A kernel that is declared and no output of the network would never be asked. */
  @Test
  void everyInstructionNamesAKernelOfTheDefaultModel() {
    Set<String> named = new TreeSet<>();
    InstructionSpec.a64().instructions().forEach(instruction -> named.add(instruction.kernel()));
    assertEquals(new TreeSet<>(Refusals.kernels()), named);
  }
}
