package dev.axon64.app.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.documents.Document;
import dev.axon64.codegen.Generator;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.support.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds a project outside this one, the document's fragment in its pom, and runs what came out.
 */
class UserProjectTest {
  private static final String GROUP = "dev/axon64/";

  @TempDir private Path folder;
  private Path installed;

  @AfterEach
  void forgetWhatMavenKept() throws IOException {
    // The version is made for this test; without it the local repository would only grow.
    if (installed != null && Files.exists(installed)) {
      for (String artifact : List.of("axon64-codegen", "axon64-models")) {
        delete(installed.resolve(GROUP + artifact).resolve(version()));
      }
    }
  }

  @Test
  void generatesAtBuildTimeAndDispatches() throws Exception {
    String maven = System.getProperty("axon64.maven", "");
    String local = System.getProperty("axon64.local.repository", "");
    Assumptions.assumeTrue(
        !maven.isEmpty() && !local.isEmpty(), "skipped: run by Maven, which names its own home");
    installed = Path.of(local);
    Path repository = folder.resolve("repository");
    publish(repository, "axon64-codegen", classesOf(Generator.class), javapoet());
    publish(repository, "axon64-models", models(), "");
    Path project = folder.resolve("project");
    UserProject.copy("user-project", project);
    String built =
        UserProject.run(
            project,
            Path.of(maven, "bin", "mvn").toString(),
            "-q",
            "-B",
            "-Dmaven.repo.local=" + local,
            "-Daxon64.version=" + version(),
            "-Daxon64.repository=" + repository.toUri(),
            "compile");
    assertTrue(Files.exists(project.resolve("target/classes/shaders/a64.metal")), built);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    for (int word : new int[] {0xd503201f, 0x8b010000, 0xf9400000, 0x1e602800}) {
      String answer =
          UserProject.run(
              project,
              java,
              "--add-modules=jdk.incubator.vector",
              "-cp",
              "target/classes",
              "com.example.App",
              Integer.toHexString(word));
      int kernel = Models.shipped("a64").spec().label(word);
      assertEquals(String.valueOf(kernel), answer.lines().toList().getLast());
    }
  }

  @Test
  void itsPomHasTheFragmentOfTheDocument() throws IOException {
    Document section = Document.of("docs/dispatch.md").section("Use it in your build");
    String pom =
        Files.readString(UserProject.source("user-project").resolve("pom.xml"))
            .replace("${axon64.version}", "0.1.0");
    String fragment = section.block("xml").text();
    assertTrue(squeezed(pom).contains(squeezed(fragment)), fragment);
  }

  private static String squeezed(String xml) {
    return xml.replaceAll("<!--.*?-->", "").replaceAll(">\\s+<", "><").strip();
  }

  /** Of the classes under test, so that Maven never takes another build's copy. */
  private static String version() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(classesOf(Generator.class))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(Digests.sha256(Files.readAllBytes(file)));
      }
    }
    String digest = Digests.sha256(all.toString().getBytes(StandardCharsets.US_ASCII));
    return "test-" + digest.substring(0, 16);
  }

  private static Path classesOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path models() {
    return Path.of(System.getProperty("axon64.root"), "weights/models/target/classes");
  }

  private static String javapoet() {
    return "<dependencies><dependency><groupId>com.palantir.javapoet</groupId>"
        + "<artifactId>javapoet</artifactId><version>"
        + System.getProperty("axon64.javapoet")
        + "</version></dependency></dependencies>";
  }

  /** Puts a jar and a pom where Maven looks for them. */
  private static void publish(Path repository, String artifact, Path classes, String dependencies)
      throws IOException {
    Path place = repository.resolve(GROUP + artifact).resolve(version());
    Files.createDirectories(place);
    String base = artifact + "-" + version();
    Files.writeString(
        place.resolve(base + ".pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>dev.axon64</groupId><artifactId>"
            + artifact
            + "</artifactId><version>"
            + version()
            + "</version>"
            + dependencies
            + "</project>");
    Path jar = place.resolve(base + ".jar");
    if (Files.isRegularFile(classes)) {
      Files.copy(classes, jar);
      return;
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
