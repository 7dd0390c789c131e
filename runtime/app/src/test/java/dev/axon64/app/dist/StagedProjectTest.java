package dev.axon64.app.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.codegen.support.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code mvn -Prelease deploy} has put into the folder that the system property {@code
 * axon64.staging} names is complete, and a project outside the checkout needs nothing else of
 * Axon64.
 */
class StagedProjectTest {
  private static final List<String> LIBRARIES =
      List.of(
          "axon64-app",
          "axon64-codegen",
          "axon64-emulator",
          "axon64-linux",
          "axon64-machine",
          "axon64-maven-plugin",
          "axon64-metal",
          "axon64-models",
          "axon64-propose",
          "axon64-system",
          "axon64-testkit",
          "axon64-weights");

  @TempDir private Path folder;
  private Path staging;

  @BeforeEach
  void find() {
    String named = System.getProperty("axon64.staging", "");
    assumeTrue(
        !named.isEmpty(),
        "skipped: the property axon64.staging names no repository, as mvn -Prelease deploy makes one"
            + " in target/staging");
    staging = Path.of(named, "dev", "axon64");
  }

  @Test
  void everythingIsPublished() throws IOException {
    assertEquals(new TreeSet<>(LIBRARIES), published());
    for (String library : LIBRARIES) {
      Path version = only(staging.resolve(library));
      String base = library + "-" + version.getFileName();
      List<String> endings =
          new ArrayList<>(List.of(".pom", ".jar", "-cyclonedx.json", "-cyclonedx.xml"));
      // The models are data.
      if (!library.equals("axon64-models")) {
        endings.addAll(List.of("-sources.jar", "-javadoc.jar"));
      }
      if (library.equals("axon64-app")) {
        endings.add(".zip");
      }
      for (String ending : endings) {
        Path file = version.resolve(base + ending);
        assertTrue(Files.size(file) > 0, file.toString());
        assertEquals(
            Digests.sha256(Files.readAllBytes(file)),
            Files.readString(Path.of(file + ".sha256")).strip(),
            file.toString());
        assertTrue(Files.exists(Path.of(file + ".sha1")), file.toString());
      }
    }
  }

  @Test
  void pomsSayWhatARepositoryAsksFor() throws IOException {
    String parent = Files.readString(pom("axon64"));
    for (String element : List.of("url", "licenses", "developers", "scm")) {
      assertTrue(parent.contains("<" + element + ">") || parent.contains("<" + element + " "));
    }
    for (String library : LIBRARIES) {
      String pom = Files.readString(pom(library));
      assertTrue(pom.contains("<name>Axon64 ") && pom.contains("<description>"), library);
    }
  }

  private TreeSet<String> published() throws IOException {
    try (Stream<Path> all = Files.list(staging)) {
      TreeSet<String> names = new TreeSet<>();
      all.forEach(each -> names.add(each.getFileName().toString()));
      names.remove("axon64");
      return names;
    }
  }

  private Path pom(String artifact) throws IOException {
    Path version = only(staging.resolve(artifact));
    return version.resolve(artifact + "-" + version.getFileName() + ".pom");
  }

  private static Path only(Path artifact) throws IOException {
    try (Stream<Path> versions = Files.list(artifact).filter(Files::isDirectory)) {
      return versions.findFirst().orElseThrow();
    }
  }

  @Test
  void aProjectOutsideUsesNothingElse() throws Exception {
    Path project = folder.resolve("project");
    UserProject.copy("staged-project", project);
    Path local = folder.resolve("local");
    Path settings = folder.resolve("settings.xml");
    Files.writeString(settings, settings(staging.getParent().getParent()));
    String said =
        UserProject.run(
            project,
            Path.of(System.getProperty("axon64.maven"), "bin", "mvn").toString(),
            "-B",
            "-s",
            settings.toString(),
            "-Dmaven.repo.local=" + local,
            "test");
    assertTrue(said.contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0"), said);
    said.lines()
        .dropWhile(line -> !line.startsWith("found in "))
        .takeWhile(line -> !line.startsWith("[INFO]"))
        .forEach(System.out::println);
    List<Path> sources = sources(local.resolve("dev/axon64"));
    assertFalse(sources.isEmpty());
    for (Path source : sources) {
      Stream<String> files = Files.readAllLines(source).stream().filter(l -> !l.startsWith("#"));
      assertEquals(
          List.of(), files.filter(l -> !l.endsWith(">staging=")).toList(), source.toString());
    }
  }

  /** Maven's notes of where each artifact came from. */
  private static List<Path> sources(Path group) throws IOException {
    try (Stream<Path> files = Files.walk(group)) {
      return files.filter(f -> f.endsWith("_remote.repositories")).toList();
    }
  }

  /**
   * The staging repository, and for what is not Axon64's what this build has downloaded already,
   * then Maven Central.
   */
  private static String settings(Path staging) {
    String downloaded = Path.of(System.getProperty("axon64.local.repository")).toUri().toString();
    return """
        <settings>
          <profiles>
            <profile>
              <id>staged</id>
              <repositories>%1$s</repositories>
              <pluginRepositories>%2$s</pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>staged</activeProfile></activeProfiles>
        </settings>
        """
        .formatted(
            repository("repository", "staging", staging.toUri().toString())
                + repository("repository", "downloaded", downloaded),
            repository("pluginRepository", "staging", staging.toUri().toString())
                + repository("pluginRepository", "downloaded", downloaded));
  }

  private static String repository(String element, String id, String url) {
    return "<%1$s><id>%2$s</id><url>%3$s</url></%1$s>".formatted(element, id, url);
  }
}
