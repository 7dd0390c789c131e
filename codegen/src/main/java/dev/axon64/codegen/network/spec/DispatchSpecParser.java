package dev.axon64.codegen.network.spec;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads spec text into a {@link DispatchSpec}. The grammar is in the header of the shipped specs.
 */
public final class DispatchSpecParser {
  /** The longest spec file, in bytes. */
  static final int MOST_BYTES = 1 << 20;

  /** The most files that a spec may consist of. */
  static final int MOST_FILES = 16;

  /** Finds the text of an included file. */
  @FunctionalInterface
  public interface Includes {
    /**
     * @param name as the spec writes it: a plain file name
     * @return the file's bytes; throws {@link InputException} where there is none
     */
    byte[] open(String name);
  }

  private final Includes includes;
  private final SpecBuilder builder = new SpecBuilder();
  private final List<SpecFile> files = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private DispatchSpecParser(Includes includes) {
    this.includes = includes;
  }

  /**
   * Reads a spec file; the files that it includes lie beside it.
   *
   * @throws InputException that names the file and line and says what to do
   */
  public static DispatchSpec parse(Path file) {
    Includes beside = name -> AtomicFiles.read(file.resolveSibling(name), MOST_BYTES);
    return parse(file.toString(), AtomicFiles.read(file, MOST_BYTES), beside);
  }

  /**
   * Reads spec text.
   *
   * @param where what messages call the text
   * @param text UTF-8
   * @param includes finds included files
   */
  public static DispatchSpec parse(String where, byte[] text, Includes includes) {
    DispatchSpecParser parser = new DispatchSpecParser(includes);
    parser.read(where, text);
    return parser.builder.build(where, parser.files);
  }

  private void read(String where, byte[] bytes) {
    String name = where.substring(where.lastIndexOf('/') + 1);
    if (!seen.add(name)) {
      throw new InputException(where, "is included a second time; include it once");
    }
    if (seen.size() > MOST_FILES) {
      throw new InputException(where, "is one file too many; a spec has at most " + MOST_FILES);
    }
    files.add(new SpecFile(name, Digests.sha256(bytes)));
    int number = 0;
    for (String raw : decode(where, bytes).split("\n", -1)) {
      number++;
      int comment = raw.indexOf('#');
      String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      if (!line.isEmpty()) {
        statement(new Line(where, number, line));
      }
    }
  }

  private void statement(Line line) {
    switch (line.keyword()) {
      case "include" -> include(line);
      case "model" -> builder.model(line);
      case "group" -> builder.group(line);
      case "index" -> builder.index(line);
      case "embedding" -> builder.embedding(line);
      case "feature" -> builder.feature(line);
      case "layer" -> builder.layer(line);
      case "decide" -> builder.decide(line);
      case "kernel" -> builder.kernel(line);
      case "tensor" -> builder.tensor(line);
      default ->
          throw line.error(
              "unknown statement '"
                  + line.keyword()
                  + "'; one of model include group index embedding feature layer decide kernel"
                  + " tensor");
    }
  }

  private void include(Line line) {
    String name = line.only("include FILE");
    if (!name.matches("[A-Za-z0-9_.-]+") || name.startsWith(".")) {
      throw line.error("'" + name + "' is not a plain file name beside this spec");
    }
    String folder = line.where().substring(0, line.where().lastIndexOf('/') + 1);
    byte[] text;
    try {
      text = includes.open(name);
    } catch (InputException e) {
      throw line.error("includes '" + name + "', which cannot be read: " + e.getMessage());
    }
    read(folder + name, text);
  }

  private static String decode(String where, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new InputException(where, "is over " + MOST_BYTES + " bytes; no spec is that long");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(where, "is not UTF-8 text; a dispatch spec is", e);
    }
  }
}
