package dev.axon64.maven;

import dev.axon64.codegen.Generator;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * The goal {@code generate}: a dispatcher in Java, as a source of the project, and shaders. Files
 * whose content is the same are left alone, so that what depends on them is not built again. What
 * is wrong with a spec or weights fails the build, with file and line. The goal runs on JDK 21; a
 * dispatcher whose layers run in 16-bit lanes, as those of the shipped models, takes JDK 24 to
 * compile.
 */
public final class GenerateMojo extends AbstractMojo {
  // Maven sets these; META-INF/maven/plugin.xml names and describes them.
  private String model;
  private String spec;
  private File weights;
  private String packageName;
  private String className;
  private String implementing;
  private boolean strict;
  private boolean guests;
  private File java;
  private File metal;
  private File opencl;
  private Object project;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    try {
      Optional<Path> file = Optional.ofNullable(weights).map(File::toPath);
      Network network = Models.select(model, spec, file.orElse(null));
      for (Path written : generate(network)) {
        getLog().info("generated " + written);
      }
    } catch (InputException e) {
      throw new MojoFailureException(e.getMessage(), e);
    }
    addSource();
  }

  private List<Path> generate(Network network) {
    Map<String, Path> folders = new LinkedHashMap<>();
    put(folders, "java", java);
    Map<String, Path> shaders = new LinkedHashMap<>();
    put(shaders, "metal", metal);
    put(shaders, "opencl", opencl);
    folders.putAll(shaders);
    Generator.Request request =
        new Generator.Request(
            folders,
            packageName == null ? "" : packageName,
            Optional.ofNullable(className),
            Optional.ofNullable(implementing),
            strict);
    List<Path> written = new ArrayList<>(Generator.run(network, request));
    if (guests) {
      if (shaders.isEmpty()) {
        throw new InputException("guests", "is for shaders; name a folder for metal or opencl");
      }
      written.addAll(Generator.guests(network, shaders, request.packageName(), strict));
    }
    return written;
  }

  private static void put(Map<String, Path> folders, String backend, File folder) {
    if (folder != null) {
      folders.put(backend, folder.toPath());
    }
  }

  /** By reflection, since the class of the project is that of whichever Maven runs this. */
  private void addSource() throws MojoExecutionException {
    try {
      project
          .getClass()
          .getMethod("addCompileSourceRoot", String.class)
          .invoke(project, java.getAbsolutePath());
    } catch (ReflectiveOperationException e) {
      throw new MojoExecutionException("this Maven has projects of another kind: " + e, e);
    }
  }
}
