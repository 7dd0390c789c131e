package dev.axon64.app.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker finds what is wrong in small samples. */
class ArchitectureRulesTest {
  private static final String LOW = "package dev.axon64.low; public class Low { %s }";
  private static final String HIGH =
      "package dev.axon64.high; public class High { dev.axon64.low.Low low; }";

  @TempDir private Path folder;

  private List<CompiledClass> compiled(String... sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-proc:none"));
    for (String source : sources) {
      String name = source.replaceAll("(?s).*?class (\\w+).*", "$1") + ".java";
      arguments.add(Files.writeString(folder.resolve(name), source).toString());
    }
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new)));
    return CompiledClass.in(List.of(folder));
  }

  private static CompiledClass named(List<CompiledClass> classes, String name) {
    return classes.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aHouseWithoutCircles() throws IOException {
    assertEquals(List.of(), ArchitectureRules.circles(compiled(LOW.formatted(""), HIGH)));
  }

  @Test
  void aCircleThroughADescriptorIsFound() throws IOException {
    String back = "static native dev.axon64.high.High back();";
    assertEquals(
        List.of(Set.of("dev.axon64.high", "dev.axon64.low")),
        ArchitectureRules.circles(compiled(LOW.formatted(back), HIGH)));
  }

  @Test
  void aCircleThroughAThirdPackageIsFound() throws IOException {
    String up = "Object up() { return new dev.axon64.top.Top(); }";
    String top = "package dev.axon64.top; public class Top extends dev.axon64.high.High {}";
    assertEquals(
        List.of(Set.of("dev.axon64.high", "dev.axon64.low", "dev.axon64.top")),
        ArchitectureRules.circles(compiled(LOW.formatted(up), HIGH, top)));
  }

  /** A text that code builds is a constant too; one in an annotation is not. */
  @Test
  void textsAndCommandsAreSeen() throws IOException {
    String option = "@picocli.CommandLine.Option(names = \"--sample\") int sample;";
    String builds = "String text(int value) { return \"--value \" + value; }";
    List<CompiledClass> classes =
        compiled(LOW.formatted(builds), "package dev.axon64.high; class High { " + option + " }");
    CompiledClass low = named(classes, "dev.axon64.low.Low");
    assertTrue(low.texts().stream().anyMatch(text -> text.startsWith("--value ")), low::toString);
    assertFalse(low.isCommand());
    CompiledClass high = named(classes, "dev.axon64.high.High");
    assertEquals(Set.of(), high.texts());
    assertTrue(high.isCommand());
  }
}
