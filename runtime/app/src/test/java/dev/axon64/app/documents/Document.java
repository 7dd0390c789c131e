package dev.axon64.app.documents;

import dev.axon64.codegen.emit.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown document, or a section of one, as far as tests read it.
 *
 * @param name for messages
 * @param lines its text
 */
public record Document(String name, List<String> lines) {
  /** The folder of the checkout. */
  public static final Path ROOT = Path.of(System.getProperty("axon64.root"));

  private static final String FENCE = "```";
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

  /** A fenced block: the word after its fence, and its lines. */
  public record Block(String language, String text) {
    /** A block that is a whole Java file. */
    public SourceFile source() {
      Matcher folder = PACKAGE.matcher(text);
      String path = folder.find() ? folder.group(1).replace('.', '/') + "/" : "";
      Matcher name = CLASS.matcher(text);
      if (!name.find()) {
        throw new IllegalStateException("a block of Java without a class:\n" + text);
      }
      return new SourceFile(path + name.group(1) + ".java", text);
    }
  }

  /** Reads a document of the checkout. */
  public static Document of(String path) throws IOException {
    return new Document(path, Files.readAllLines(ROOT.resolve(path)));
  }

  /** What stands below a heading of the second level, up to the next. */
  public Document section(String heading) {
    int from = lines.indexOf("## " + heading);
    if (from < 0) {
      throw new IllegalStateException(name + " has no section " + heading);
    }
    int to = from + 1;
    while (to < lines.size() && !lines.get(to).startsWith("## ")) {
      to++;
    }
    return new Document(name + ", " + heading, lines.subList(from + 1, to));
  }

  /** The fenced blocks, in their order. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).startsWith(FENCE)) {
        int from = at + 1;
        at = end(at);
        String text = String.join("\n", lines.subList(from, at)) + "\n";
        blocks.add(new Block(lines.get(from - 1).substring(FENCE.length()), text));
      }
    }
    return blocks;
  }

  /** The only block of this language. */
  public Block block(String language) {
    List<Block> found = blocks().stream().filter(b -> b.language.equals(language)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(name + " has " + found.size() + " blocks of " + language);
    }
    return found.getFirst();
  }

  /** The lines outside fenced blocks. */
  public List<String> prose() {
    List<String> prose = new ArrayList<>();
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).startsWith(FENCE)) {
        at = end(at);
      } else {
        prose.add(lines.get(at));
      }
    }
    return prose;
  }

  /** Where links lead, as they are written. */
  public List<String> links() {
    return prose().stream().flatMap(l -> LINK.matcher(l).results()).map(m -> m.group(1)).toList();
  }

  /** What links to a part of this document name after their {@code #}. */
  public Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    for (String line : prose()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String text = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "");
        anchors.add(text.replace(' ', '-'));
      }
    }
    return anchors;
  }

  private int end(int fence) {
    int at = fence + 1;
    while (!lines.get(at).startsWith(FENCE)) {
      at++;
    }
    return at;
  }
}
