package dev.axon64.app.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.documents.Document.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents and comments name is there. */
class DocumentsTest {
  private static final Path ROOT = Document.ROOT;

  /** Paths begin with a folder of the top level; a path with a pattern in it ends before that. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![\\w./$}-])((?:codegen|weights|runtime|metal|bench|docs|\\.ci|\\.mvn)/[\\w./+-]*\\w)");

  private static final Pattern COMMENT = Pattern.compile("^\\s*(?:/?\\*|//|#).*");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    assertEquals(List.of(), Links.broken(ROOT));
  }

  @Test
  void aLinkThatLeadsNowhereIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("a.md"),
        """
        # One head, two
        [good](a.md#one-head-two) [gone](b.md) [no such head](#three) [out](../a.md)
        ```
        [not a link](c.md)
        ```
        """);
    assertEquals(List.of("a.md: b.md", "a.md: #three", "a.md: ../a.md"), Links.broken(folder));
  }

  @Test
  void everyPathInDocumentsExists() throws IOException {
    List<String> gone = new ArrayList<>();
    for (Path file : Links.documents(ROOT)) {
      collect(gone, file, Files.readAllLines(file));
    }
    assertEquals(List.of(), gone);
  }

  @Test
  void everyPathInCommentsExists() throws IOException {
    List<String> gone = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(DocumentsTest::isCommented).sorted().toList()) {
        List<String> comments =
            Files.readAllLines(file).stream().filter(COMMENT.asMatchPredicate()).toList();
        collect(gone, file, comments);
      }
    }
    assertEquals(List.of(), gone);
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java") && !file.toString().contains("/target/");
  }

  private static boolean isCommented(Path file) {
    String name = file.getFileName().toString();
    return isJava(file)
        || name.matches("Makefile|axon64|companions|.*\\.(isa|spec|graph|c|h)")
            && Files.isRegularFile(file)
            && !file.toString().contains("/target/");
  }

  private static void collect(List<String> gone, Path file, List<String> lines) {
    for (String line : lines) {
      for (Matcher m = PATH.matcher(line); m.find(); ) {
        boolean built = m.group(1).contains("/target/");
        if (!built && !Files.exists(ROOT.resolve(m.group(1)))) {
          gone.add(ROOT.relativize(file) + ": " + m.group(1));
        }
      }
    }
  }

  @Test
  void whatTheQuickRunLeavesOutExists() throws IOException {
    List<String> tests;
    try (Stream<Path> files = Files.walk(ROOT)) {
      tests = files.filter(DocumentsTest::isJava).map(Path::toString).toList();
    }
    List<String> gone =
        Files.readAllLines(ROOT.resolve(".mvn/quick-leaves-out.txt")).stream()
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .filter(line -> tests.stream().noneMatch(test -> test.endsWith(line.substring(2))))
            .toList();
    assertEquals(List.of(), gone);
  }

  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @Test
  void everyTestThatDocumentsNameExists() throws IOException {
    List<String> tests;
    try (Stream<Path> files = Files.walk(ROOT)) {
      tests =
          files.filter(DocumentsTest::isJava).map(file -> file.getFileName().toString()).toList();
    }
    List<String> gone = new ArrayList<>();
    int named = 0;
    for (Path file : Links.documents(ROOT)) {
      for (Matcher m = TEST.matcher(Files.readString(file)); m.find(); named++) {
        if (!tests.contains(m.group(1) + ".java")) {
          gone.add(ROOT.relativize(file) + ": " + m.group(1));
        }
      }
    }
    assertEquals(List.of(), gone);
    assertTrue(named > 20, named + " were found");
  }

  /** A feature that is there names the test that shows it; any other cell says no. */
  @Test
  void everyFeatureNamesItsTest() throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/features.md")).stream()
            .filter(line -> line.startsWith("|"))
            .skip(2)
            .toList();
    assertTrue(rows.size() > 15, rows.size() + " rows");
    for (String row : rows) {
      String ours = row.split("\\|")[2].strip();
      assertTrue(ours.startsWith("no") != TEST.matcher(ours).find(), row);
    }
  }

  @Test
  void theReadmeStaysShort() throws IOException {
    long size = Files.size(ROOT.resolve("README.md"));
    assertTrue(size <= 8 * 1024, size + " bytes; move text to docs");
  }

  /** The texts of ADD stand in the spec and among the approved sources. */
  @Test
  void theWayOfAnAddIsTheRealOne() throws IOException {
    StringBuilder sources = new StringBuilder();
    sources.append(
        Files.readString(ROOT.resolve("codegen/src/main/resources/dev/axon64/isa/arithmetic.isa")));
    for (String backend : List.of("java", "lanes", "metal")) {
      String golden = "codegen/src/test/resources/golden/kernels/ADD." + backend + ".txt";
      sources.append(Files.readString(ROOT.resolve(golden)));
    }
    List<Block> blocks =
        Document.of("docs/architecture.md").section("The way of an `ADD`").blocks();
    assertEquals(4, blocks.size());
    for (Block block : blocks) {
      assertTrue(sources.indexOf(block.text()) >= 0, "neither spec nor golden:\n" + block.text());
    }
  }
}
