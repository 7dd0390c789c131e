package dev.axon64.app.extending;

import dev.axon64.app.Main;
import dev.axon64.app.documents.Document;
import dev.axon64.app.documents.Document.Block;
import dev.axon64.app.extending.RebuiltMachine.Result;
import dev.axon64.codegen.dispatch.InMemoryCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A class of the document with the line that registers it, beside Axon64 on the class path. */
final class OwnService implements AutoCloseable {
  private final URLClassLoader loader;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  /**
   * Compiles it.
   *
   * @param section of the document; its first block is the class, its second the line
   * @param service the interface in full, whose name the document's section gives
   * @param folder for what is compiled
   */
  OwnService(Document section, String service, Path folder) throws IOException {
    String file = "META-INF/services/" + service;
    if (section.prose().stream().noneMatch(line -> line.contains(file))) {
      throw new IllegalStateException(section.name() + " does not name " + file);
    }
    List<Block> blocks = section.blocks();
    Map<String, byte[]> classes = InMemoryCompiler.compile(List.of(blocks.get(0).source()));
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      write(folder.resolve(each.getKey().replace('.', '/') + ".class"), each.getValue());
    }
    write(folder.resolve(file), blocks.get(1).text().getBytes());
    loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Carries out a command of {@code axon64}. */
  Result run(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Result(line.execute(command), out.toString(), err.toString());
  }

  @Override
  public void close() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }
}
