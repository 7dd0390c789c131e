package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.support.InputException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Runs the platform's Java compiler over generated sources without touching the disk. */
public final class InMemoryCompiler {
  private InMemoryCompiler() {}

  /**
   * Compiles sources that may use the Vector API and the classes of {@code parent}'s class path.
   *
   * @return class files by binary name
   * @throws InputException where there is no compiler, as in a JRE
   * @throws IllegalStateException with the compiler's message if a source is wrong, which is a bug
   *     of a generator
   */
  public static Map<String, byte[]> compile(List<SourceFile> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new InputException("java", "this runtime has no Java compiler; use a JDK, not a JRE");
    }
    StringWriter messages = new StringWriter();
    StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
    Collector files = new Collector(standard);
    List<String> options =
        List.of(
            "--add-modules=jdk.incubator.vector", "-proc:none", "-Xlint:-incubating", "-nowarn");
    boolean done =
        compiler
            .getTask(messages, files, null, options, null, sources.stream().map(Text::new).toList())
            .call();
    if (!done) {
      throw new IllegalStateException("generated Java does not compile:\n" + messages);
    }
    Map<String, byte[]> classes = new TreeMap<>();
    files.outputs.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
    return classes;
  }

  /**
   * Loads class files in their own loader, so that one class can be loaded once per vector width.
   *
   * @param classes by binary name
   * @param name the class to return
   */
  public static Class<?> load(Map<String, byte[]> classes, String name) {
    try {
      return Class.forName(name, true, new Loader(classes));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the compiler made no class " + name, e);
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(InMemoryCompiler.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(SourceFile file) {
      super(URI.create("memory:///" + file.path()), Kind.SOURCE);
      this.text = file.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name, Kind kind) {
      super(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class Collector extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> outputs = new TreeMap<>();

    Collector(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return outputs.computeIfAbsent(name, n -> new Output(n, kind));
    }
  }
}
