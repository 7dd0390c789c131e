package dev.axon64.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMojoTest {
  @TempDir private Path folder;

  /** What Maven's project has of which the plugin uses one method. */
  public static final class Project {
    final List<String> sources = new ArrayList<>();

    public void addCompileSourceRoot(String path) {
      sources.add(path);
    }
  }

  private final Project project = new Project();

  private GenerateMojo mojo(Object... settings) throws ReflectiveOperationException {
    GenerateMojo mojo = new GenerateMojo();
    set(mojo, "project", project);
    set(mojo, "java", folder.resolve("java").toFile());
    for (int i = 0; i < settings.length; i += 2) {
      set(mojo, (String) settings[i], settings[i + 1]);
    }
    return mojo;
  }

  private static void set(GenerateMojo mojo, String name, Object value)
      throws ReflectiveOperationException {
    Field field = GenerateMojo.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(mojo, value);
  }

  @Test
  void writesSourcesAndShadersOnce() throws Exception {
    Object[] settings = {
      "model", "kvrm7", "packageName", "com.example", "metal", folder.resolve("metal").toFile()
    };
    mojo(settings).execute();
    Path source = folder.resolve("java/com/example/Kvrm7Dispatcher.java");
    assertTrue(Files.readString(source).contains("package com.example;"));
    assertTrue(Files.exists(folder.resolve("metal/kvrm7.metal")));
    assertEquals(List.of(folder.resolve("java").toString()), project.sources);
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(source, old);
    mojo(settings).execute();
    assertEquals(old, Files.getLastModifiedTime(source), "the same content is not written again");
  }

  @Test
  void writesGuestShaders() throws Exception {
    mojo("model", "a64", "metal", folder.toFile(), "guests", true).execute();
    assertTrue(Files.exists(folder.resolve("a64_guest.metal")));
  }

  /** As a failure of the build that names file and line. */
  @Test
  void aWrongSpecFailsTheBuild() throws Exception {
    Path spec = folder.resolve("mine.spec");
    Files.writeString(spec, "model mine\nnonsense here\n");
    GenerateMojo mojo = mojo("spec", spec.toString(), "weights", spec.toFile());
    MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
    assertTrue(failure.getMessage().contains("mine.spec:"), failure::getMessage);
    assertFalse(Files.exists(folder.resolve("java")));
    GenerateMojo guests = mojo("model", "a64", "guests", true);
    assertThrows(MojoFailureException.class, guests::execute);
  }

  /** The descriptor is written by hand. */
  @Test
  void theDescriptorNamesAllParameters() throws IOException {
    String text;
    try (InputStream in = GenerateMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> named =
        Pattern.compile("<parameter>\\s*<name>(\\w+)</name>")
            .matcher(text)
            .results()
            .map(match -> match.group(1))
            .sorted()
            .toList();
    List<String> fields =
        Arrays.stream(GenerateMojo.class.getDeclaredFields()).map(Field::getName).sorted().toList();
    assertEquals(fields, named);
    String configured =
        new TreeSet<>(fields)
            .stream()
                .filter(name -> !text.contains("<" + name + " implementation="))
                .collect(Collectors.joining(", "));
    assertEquals("", configured);
    assertFalse(text.contains("@project.version@"), "the version is filled in");
    assertTrue(text.contains("${project.build.directory}"), "Maven's own expressions stay");
  }
}
