package dev.axon64.app.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The links of all documents below a folder. */
public final class Links {
  private Links() {}

  /** All Markdown documents below a folder but those of builds, in order. */
  public static List<Path> documents(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.[^/]*)/.*"))
          .sorted()
          .toList();
    }
  }

  /** One line for each link that leads nowhere. */
  public static List<String> broken(Path root) throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : documents(root)) {
      String name = root.relativize(file).toString();
      for (String link : new Document(name, Files.readAllLines(file)).links()) {
        if (!link.matches("[a-z]+:.*") && !leads(root, file, link)) {
          broken.add(name + ": " + link);
        }
      }
    }
    return broken;
  }

  private static boolean leads(Path root, Path from, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? from : from.resolveSibling(path).normalize();
    if (!target.startsWith(root) || !Files.exists(target)) {
      return false;
    }
    return hash < 0
        || new Document(path, Files.readAllLines(target))
            .anchors()
            .contains(link.substring(hash + 1));
  }
}
