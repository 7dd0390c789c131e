package dev.axon64.app.extending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.documents.Document;
import dev.axon64.app.extending.RebuiltMachine.Result;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend that the document adds is a peer of the others. */
class OwnBackendTest {
  @Test
  void aClassAndALineMakeABackend(@TempDir Path classes, @TempDir Path folder) throws Exception {
    Document section = Document.of("docs/extending.md").section("A backend");
    List<String> shown = section.blocks().get(2).text().lines().toList();
    assertEquals("$ ./axon64 generate --kernels-to outline=outlines", shown.get(0));
    try (OwnService backend =
        new OwnService(section, InstructionBackend.class.getName(), classes)) {
      assertTrue(backend.run("generate", "--list").out().contains("outline"));
      Result result = backend.run("generate", "--kernels-to", "outline=" + folder);
      assertEquals(0, result.status(), result.err());
    }
    String instruction = "ADD_shifted_sf0_shift0";
    assertEquals("$ grep " + instruction + " outlines/ARITHMETIC.txt", shown.get(1));
    List<String> written = Files.readAllLines(folder.resolve("ARITHMETIC.txt"));
    assertEquals(
        List.of(shown.get(2)), written.stream().filter(l -> l.startsWith(instruction)).toList());
  }
}
