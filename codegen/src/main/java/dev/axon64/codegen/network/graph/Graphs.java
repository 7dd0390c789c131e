package dev.axon64.codegen.network.graph;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Finds graphs by shipped name or by file. */
public final class Graphs {
  /** The companion networks of the emulator. */
  public static final List<String> SHIPPED =
      List.of("memory-oracle", "loop-detector", "pattern-recognizer");

  private static final String FOLDER = "/dev/axon64/graphs/";

  private Graphs() {}

  /** Reads a shipped graph by name, or any graph from its file. */
  public static Graph read(String nameOrFile) {
    if (SHIPPED.contains(nameOrFile)) {
      String file = nameOrFile + ".graph";
      return GraphParser.parse(file, resource(file));
    }
    try {
      return GraphParser.parse(Path.of(nameOrFile));
    } catch (InvalidPathException e) {
      throw new InputException(nameOrFile, "is no file name; one of " + SHIPPED + " or a file", e);
    }
  }

  private static byte[] resource(String file) {
    try (InputStream in = Graphs.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the shipped graph " + file + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException(file, "cannot be read from the class path", e);
    }
  }
}
