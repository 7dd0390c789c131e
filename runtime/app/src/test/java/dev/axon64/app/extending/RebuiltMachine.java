package dev.axon64.app.extending;

import dev.axon64.codegen.KernelGenerator;
import dev.axon64.codegen.dispatch.InMemoryCompiler;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.compiled.SpecCompiler;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.Models;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Axon64 as a build makes it from other sources: what changed is compiled anew, and everything else
 * is loaded a second time beside it.
 */
final class RebuiltMachine {
  private static final String COMPILED = "dev/axon64/isa/a64.compiled";

  private final Class<?> main;
  private final ClassLoader loader;

  private RebuiltMachine(Map<String, byte[]> classes, Map<String, byte[]> resources)
      throws ReflectiveOperationException {
    loader = new Loader(classes, resources);
    main = loader.loadClass("dev.axon64.app.Main");
  }

  /**
   * Generates state, kernels and compiled spec from other spec files.
   *
   * @param files the spec's texts by file name
   */
  static RebuiltMachine ofSpec(Map<String, String> files) throws ReflectiveOperationException {
    InstructionSet set = InstructionSpec.parse(files);
    List<SourceFile> sources =
        KernelGenerator.files(
            Models.spec("a64"), Models.spec("kvrm7"), set, "dev.axon64.machine.kernel");
    return new RebuiltMachine(
        InMemoryCompiler.compile(sources), Map.of(COMPILED, SpecCompiler.compile(set)));
  }

  /** Compiles classes that are new, or that replace others of their names. */
  static RebuiltMachine ofSources(List<SourceFile> sources) throws ReflectiveOperationException {
    return new RebuiltMachine(InMemoryCompiler.compile(sources), Map.of());
  }

  /** What a command printed, and its exit status. */
  record Result(int status, String out, String err) {}

  /** Carries out a command of {@code axon64}. */
  Result run(String... command) throws ReflectiveOperationException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Object line = main.getMethod("commandLine").invoke(null);
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      Class<?> type = line.getClass();
      type.getMethod("setOut", PrintWriter.class).invoke(line, new PrintWriter(out, true));
      type.getMethod("setErr", PrintWriter.class).invoke(line, new PrintWriter(err, true));
      int status = (int) type.getMethod("execute", String[].class).invoke(line, (Object) command);
      return new Result(status, out.toString(), err.toString());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Loads all of the class path again, but for what was made anew. */
  private static final class Loader extends URLClassLoader {
    private final Map<String, byte[]> classes;
    private final Map<String, byte[]> resources;

    Loader(Map<String, byte[]> classes, Map<String, byte[]> resources) {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.classes = classes;
      this.resources = resources;
    }

    private static URL[] classPath() {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(RebuiltMachine::url)
          .toArray(URL[]::new);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = resources.get(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
