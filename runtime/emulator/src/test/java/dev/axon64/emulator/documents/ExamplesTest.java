package dev.axon64.emulator.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.InMemoryCompiler;
import dev.axon64.codegen.emit.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The programs of {@code docs/library.md} print what stands below them. */
class ExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final Path LIBRARY = ROOT.resolve("docs/library.md");

  /** A program, and the next block that has no language. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(.*?)```\n.*?\n```\n(.*?)```\n", Pattern.DOTALL);

  private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

  @TestFactory
  List<DynamicTest> theyPrintWhatTheDocumentSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher examples = EXAMPLE.matcher(Files.readString(LIBRARY));
    while (examples.find()) {
      String program = examples.group(1);
      String printed = examples.group(2);
      Matcher name = CLASS.matcher(program);
      if (name.find()) {
        tests.add(
            DynamicTest.dynamicTest(
                name.group(1), () -> assertEquals(printed, print(name.group(1), program))));
      }
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  /** The worked example of fuzzing finds its bug. */
  @Test
  void theFuzzerFindsTheBug() throws Exception {
    String document = Files.readString(ROOT.resolve("docs/fuzzing.md"));
    int start = document.indexOf("```java\n") + "```java\n".length();
    String program = document.substring(start, document.indexOf("```", start));
    String object = ROOT.resolve("runtime/guests/prebuilt/fuzz/parser.o").toString();
    String printed = print("FindBug", program, object);
    assertTrue(printed.startsWith("Fault["), printed);
  }

  private static String print(String name, String program, String... arguments) throws Exception {
    SourceFile source = new SourceFile(name + ".java", program);
    Class<?> type = InMemoryCompiler.load(InMemoryCompiler.compile(List.of(source)), name);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      type.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
