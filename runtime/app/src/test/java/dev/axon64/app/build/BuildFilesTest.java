package dev.axon64.app.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.app.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion and man pages know all that the commands know, and the commit is git's. */
class BuildFilesTest {
  private static final Map<String, String> FILES = BuildFiles.shared(Main.commandLine(), "0.1");

  @TempDir private Path folder;

  @Test
  void everyCommandHasAPageWithAllItsOptions() {
    everything(Main.commandLine());
  }

  private void everything(CommandLine command) {
    String name = ManPage.name(command);
    String page = FILES.get("man/man1/" + name + ".1");
    assertTrue(page.startsWith(".TH \"" + name.toUpperCase().replace("-", "\\-") + "\" 1 "), page);
    for (OptionSpec option : command.getCommandSpec().options()) {
      for (String each : option.names()) {
        assertEquals(
            !option.hidden(), page.contains("\\fB" + each.replace("-", "\\-") + "\\fR"), each);
      }
    }
    for (CommandLine each : command.getSubcommands().values()) {
      assertTrue(page.contains("\\fB" + ManPage.name(each).replace("-", "\\-") + "\\fR(1)"), page);
      everything(each);
    }
  }

  /** What groff has to say of the pages: nothing. */
  @Test
  void pagesAreWellFormed() throws IOException, InterruptedException {
    assumeTrue(runs("groff", "--version"), "skipped: no groff");
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      if (file.getKey().startsWith("man/")) {
        Path page = Files.writeString(folder.resolve("page"), file.getValue());
        Process groff =
            new ProcessBuilder("groff", "-man", "-Tutf8", "-ww", page.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(groff.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", said, file.getKey());
        assertEquals(0, groff.waitFor());
      }
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
    assumeTrue(runs("bash", "--version"), "skipped: no bash");
    Path script = Files.writeString(folder.resolve("axon64"), FILES.get(BuildFiles.COMPLETION));
    assertEquals("profile", completed(script, "axon64", "prof"));
    assertEquals("--sysroot", completed(script, "axon64", "run", "--sysr"));
  }

  private String completed(Path script, String... words) throws IOException, InterruptedException {
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_axon64; echo \"${COMPREPLY[@]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    // Its complaint that no shell has asked for this is none of ours.
    Process bash =
        new ProcessBuilder("bash", "-c", line)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.strip();
  }

  @Test
  void theCommitIsGits() throws IOException, InterruptedException {
    assumeTrue(runs("git", "--version"), "skipped: no git");
    assertEquals(Optional.empty(), Commit.of(folder));
    git("init", "-q");
    Files.writeString(folder.resolve("file"), "text");
    git("add", "file");
    git("-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "first");
    String clean = Commit.of(folder).orElseThrow();
    assertTrue(clean.matches("[0-9a-f]{12}"), clean);
    Path below = Files.createDirectories(folder.resolve("below"));
    assertEquals(Optional.empty(), Commit.of(below), "somebody else's checkout");
    Files.writeString(folder.resolve("file"), "changed");
    assertEquals(clean + " with changes", Commit.of(folder).orElseThrow());
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    assertEquals(
        0, new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor());
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
