package dev.axon64.app.build;

import dev.axon64.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what a build knows beside its classes. The build starts it. */
public final class BuildFiles {
  static final String COMPLETION = "bash-completion/completions/axon64";

  private BuildFiles() {}

  /**
   * Writes the commit beside the root command's class, and completion and man pages where packages
   * of a distribution have them.
   *
   * @param arguments the checkout, the folder of classes, the folder that becomes {@code share},
   *     and the version
   */
  public static void main(String[] arguments) throws IOException {
    Path classes = Path.of(arguments[1]);
    write(
        classes.resolve(Main.COMMIT),
        Commit.of(Path.of(arguments[0])).map(c -> c + "\n").orElse(""));
    Path share = Path.of(arguments[2]);
    for (Map.Entry<String, String> file : shared(Main.commandLine(), arguments[3]).entrySet()) {
      write(share.resolve(file.getKey()), file.getValue());
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Texts of files by their paths below {@code share}. */
  static Map<String, String> shared(CommandLine root, String version) {
    Map<String, String> files = new TreeMap<>();
    files.put(COMPLETION, AutoComplete.bash("axon64", root));
    addPages(root, "axon64 " + version, files);
    return files;
  }

  private static void addPages(CommandLine command, String source, Map<String, String> files) {
    files.put("man/man1/" + ManPage.name(command) + ".1", ManPage.of(command, source));
    command.getSubcommands().values().stream()
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(each -> addPages(each, source, files));
  }
}
