package dev.axon64.weights.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFolderTest {
  @TempDir private Path folder;

  private void file(String name) throws IOException {
    Files.write(folder.resolve(name), new byte[0]);
  }

  private void refused(Path dir, String message) {
    InputException e = assertThrows(InputException.class, () -> TraceFolder.read(dir));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void variantsAreOneProgram() throws IOException {
    for (String name :
        List.of("sort.loops.npy", "wc.O2.loops.npy", "wc.O3.loops.npy", "wc.memory.npy", "note")) {
      file(name);
    }
    TraceFolder traces = TraceFolder.read(folder);
    assertEquals(Set.of("sort", "wc"), traces.programs(Recorded.LOOPS).keySet());
    assertEquals(
        List.of(folder.resolve("wc.O2.loops.npy"), folder.resolve("wc.O3.loops.npy")),
        traces.programs(Recorded.LOOPS).get("wc"));
    assertEquals(Set.of("wc"), traces.programs(Recorded.MEMORY).keySet());
  }

  @Test
  void whatIsNoFolderOfRecordingsIsRefused() throws IOException {
    refused(folder.resolve("none"), "is no folder");
    refused(folder, "holds no recordings");
    file("note");
    refused(folder, "holds no recordings");
    file("sort.npy");
    refused(folder, "is called neither NAME.loops.npy nor NAME.memory.npy");
  }

  @Test
  void aRecordingWithoutANameIsRefused() throws IOException {
    file(".loops.npy");
    refused(folder, "is called neither");
  }
}
