package dev.axon64.app;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher refuses before it starts anything, and that Windows' launcher does the same.
 */
class LauncherTest {
  @TempDir private Path checkout;

  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));

  /** Flags of the JVM and of Maven, with values that are the same on all systems. */
  private static final Pattern FLAG =
      Pattern.compile(
          "(?<![\\w-])(--(add|enable|sun)[a-z-]+|-XX:[+-]?\\w+|-D[\\w.]+|-Xlog)([=:][\\w./-]+)?");

  /** What only the shell's launcher can find out, by stty. */
  private static final Set<String> OF_TERMINALS =
      Set.of(
          "-Daxon64.closed",
          "-Daxon64.terminals",
          "-Daxon64.terminal.size",
          "-Daxon64.terminal.modes");

  @Test
  void aJdkThatIsNoneIsNamed() throws IOException, InterruptedException {
    ProcessBuilder launcher =
        new ProcessBuilder(ROOT.resolve("axon64").toString(), "--version")
            .redirectErrorStream(true);
    launcher.environment().put("AXON64_JAVA_HOME", "/nope");
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor());
    assertEquals("axon64: AXON64_JAVA_HOME=/nope: holds no JDK 25; name one, or unset it\n", said);
  }

  /**
   * A checkout with a JDK that prints how it is started, and trainers that say that they were
   * asked.
   */
  private String inCheckout(String... arguments) throws IOException, InterruptedException {
    Files.copy(
        ROOT.resolve("axon64"), checkout.resolve("axon64"), StandardCopyOption.COPY_ATTRIBUTES);
    script("weights/companions/companions", "echo trainers: \"$@\"");
    script("jdk/bin/java", "echo java: \"$@\"");
    script("jdk/bin/javac", "");
    Files.writeString(checkout.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(checkout.resolve("pom.xml"), "");
    Path stamp = checkout.resolve("runtime/app/target/axon64.stamp");
    Files.createDirectories(stamp.getParent());
    Files.writeString(stamp, "");
    List<String> command = new ArrayList<>(List.of(checkout.resolve("axon64").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder launcher = new ProcessBuilder(command).redirectErrorStream(true);
    launcher.environment().put("AXON64_JAVA_HOME", checkout.resolve("jdk").toString());
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private void script(String name, String body) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  /** Neither downloads nor builds anything: the trainers, which would, are not started. */
  @Test
  void helpForLearningNeedsNoTrainers() throws IOException, InterruptedException {
    String help = inCheckout("learn", "--help");
    assertTrue(help.startsWith("java: "), help);
    assertTrue(help.endsWith("dev.axon64.app.Main learn --help\n"), help);
  }

  @Test
  void learningIsTheTrainersAffair() throws IOException, InterruptedException {
    assertEquals("trainers: learn --traces x\n", inCheckout("learn", "--traces", "x"));
  }

  /** A launcher's commands. */
  private static String commands(String launcher, String comment) throws IOException {
    return Files.readAllLines(ROOT.resolve(launcher), StandardCharsets.US_ASCII).stream()
        .filter(line -> !line.strip().startsWith(comment))
        .collect(joining("\n"));
  }

  private static Set<String> flags(String commands) {
    return FLAG.matcher(commands)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void bothLaunchersStartTheSame() throws IOException {
    String shell = commands("axon64", "#");
    String windows = commands("axon64.bat", "rem ");
    Set<String> ofShell = flags(shell);
    assertTrue(ofShell.removeAll(OF_TERMINALS));
    assertEquals(ofShell, flags(windows));
    for (String both :
        List.of(
            "dev.axon64.app.Main",
            "dev.axon64.app.Rehearsal",
            "AXON64_JAVA_HOME",
            "AXON64_JAVA_OPTS",
            "JAVA_HOME",
            "holds no JDK 25; name one, or unset it",
            "no JDK 25 found; install one, or set AXON64_JAVA_HOME to its folder",
            "Maven is needed to build from source; install mvn",
            "the build failed; see above",
            "preparing quick starts",
            "axon64.aot",
            "axon64.stamp")) {
      assertTrue(shell.contains(both), both);
      assertTrue(windows.contains(both), both);
    }
    assertTrue(shell.contains("run | demo | disasm | \"\" | -*)"));
    assertTrue(windows.contains("for %%c in (run demo disasm) do"));
  }

  /** Where it jumps to is there. */
  @Test
  void labelsOfWindowsLauncherAreThere() throws IOException {
    String windows = commands("axon64.bat", "rem ");
    Set<String> labels =
        Pattern.compile("(?m)^:(\\w+)$")
            .matcher(windows)
            .results()
            .map(label -> label.group(1))
            .collect(Collectors.toSet());
    Set<String> used =
        Pattern.compile("(?:goto|call) :(\\w+)")
            .matcher(windows)
            .results()
            .map(label -> label.group(1))
            .collect(Collectors.toSet());
    assertEquals(used, labels);
  }
}
