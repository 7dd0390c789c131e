package dev.axon64.app.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.dispatch.InMemoryCompiler;
import dev.axon64.codegen.emit.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of {@code docs/library.md} print what stands below them. */
class ExamplesTest {
  @ParameterizedTest
  @ValueSource(strings = {"An example", "Many guests"})
  void printsWhatTheDocumentSays(String heading) throws Exception {
    Document section = Document.of("docs/library.md").section(heading);
    SourceFile source = section.block("java").source();
    String name = source.path().replace(".java", "");
    Class<?> program = InMemoryCompiler.load(InMemoryCompiler.compile(List.of(source)), name);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    assertEquals(section.block("").text(), printed.toString(StandardCharsets.UTF_8));
  }
}
