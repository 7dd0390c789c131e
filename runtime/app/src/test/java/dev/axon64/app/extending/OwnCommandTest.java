package dev.axon64.app.extending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.documents.Document;
import dev.axon64.app.extending.RebuiltMachine.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the document adds prints what it says there. */
class OwnCommandTest {
  private static final String PROMPT = "$ ./axon64 size ";

  @Test
  void aClassAndALineMakeACommand(@TempDir Path folder) throws Exception {
    Document section = Document.of("docs/extending.md").section("A command");
    List<String> shown = section.blocks().get(2).text().lines().toList();
    String program = Document.ROOT.resolve(shown.get(0).substring(PROMPT.length())).toString();
    try (OwnService command = new OwnService(section, "dev.axon64.app.Tool", folder)) {
      Result result = command.run("size", program);
      assertEquals(0, result.status(), result.err());
      assertEquals(shown.subList(1, shown.size()), result.out().lines().toList());
      assertTrue(command.run("--help").out().contains("Count the words of code"));
      Result refused = command.run("size", folder.resolve("absent").toString());
      assertEquals(2, refused.status(), refused.err());
    }
  }
}
