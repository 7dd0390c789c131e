package dev.axon64.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.app.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real terminal, tmux, is typed into, once before this emulator and once before qemu-aarch64: the
 * screen looks the same.
 */
class TerminalTest {
  private static final String QEMU = "/usr/bin/qemu-aarch64";

  @TempDir Path folder;

  private final List<String> sessions = new ArrayList<>();
  private Path busybox;

  /** What is typed, in the words of tmux send-keys, and what the screen shows when it is done. */
  private record Step(String shown, String... keys) {}

  @BeforeEach
  void findPrograms() throws IOException {
    String given = System.getenv("AXON64_BUSYBOX");
    assumeTrue(given != null, "AXON64_BUSYBOX names no arm64 busybox");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "no tmux");
    assumeTrue(Files.isExecutable(Path.of(QEMU)), "no " + QEMU);
    busybox = folder.resolve("busybox");
    Files.copy(Path.of(given), busybox);
    script("here", "#!/busybox sh\nexec /busybox \"$@\"\n");
    script("there", "#!/bin/sh\nexec " + QEMU + " " + busybox + " \"$@\"\n");
  }

  /** Makes a folder with a command that runs one of busybox's. */
  private void script(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("app");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void endSessions() throws IOException, InterruptedException {
    for (String session : sessions) {
      tmux("kill-session", "-t", session);
    }
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null"));
    command.addAll(List.of("-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(output, StandardCharsets.UTF_8);
  }

  /** A shell in a window of its own, in which a program is started. */
  private String start(String name, List<String> program) throws Exception {
    sessions.add(name);
    tmux(
        "new-session",
        "-d",
        "-s",
        name,
        "-x",
        "80",
        "-y",
        "24",
        "-c",
        folder.toString(),
        "env",
        "PS1=host> ",
        "sh");
    awaitText(name, "host>");
    String line = String.join(" ", program.stream().map(word -> "'" + word + "'").toList());
    tmux("send-keys", "-t", name, "-l", "clear; " + line);
    tmux("send-keys", "-t", name, "Enter");
    return name;
  }

  private List<String> emulated(String... guest) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--writable",
            "--root",
            folder.toString(),
            "--env",
            "TERM=screen",
            "--env",
            "PS1=guest> "));
    command.add("/busybox");
    command.addAll(List.of(guest));
    return command;
  }

  private List<String> peer(String... guest) {
    List<String> command = new ArrayList<>(List.of("env", "PS1=guest> ", "TERM=screen", QEMU));
    command.add(busybox.toString());
    command.addAll(List.of(guest));
    return command;
  }

  private String screen(String session) throws Exception {
    return tmux("capture-pane", "-p", "-t", session);
  }

  /** Waits until the screen shows something, and then stays as it is for a while. */
  private String awaitText(String session, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String last = "";
    while (System.nanoTime() < end) {
      String now = screen(session);
      if (now.contains(text) && now.equals(last)) {
        return now;
      }
      last = now;
      Thread.sleep(250);
    }
    throw new AssertionError("\"" + text + "\" never came:\n" + last);
  }

  /** Waits until the screen shows a text and nothing else. */
  private void awaitScreen(String session, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!screen(session).strip().equals(text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("\"" + text + "\" never came alone:\n" + screen(session));
      }
      Thread.sleep(100);
    }
  }

  private String type(String session, Step step) throws Exception {
    List<String> keys = new ArrayList<>(List.of("send-keys", "-t", session));
    keys.addAll(List.of(step.keys));
    tmux(keys.toArray(String[]::new));
    return awaitText(session, step.shown);
  }

  @Test
  void looksAsUnderQemu() throws Exception {
    List<Step> steps =
        List.of(
            new Step("3+4=7", "echo 3+4=$((3+4))", "Enter"),
            new Step(
                "[Xabc]",
                "echo [abc]",
                "Left",
                "Left",
                "Left",
                "Left",
                "Left",
                "Right",
                "X",
                "Enter"),
            new Step("sleep 100", "./app sleep 100", "Enter"),
            new Step("^C", "C-c"),
            new Step("status 130", "echo status $?", "Enter"),
            new Step("read a", "read a", "Enter"),
            new Step("two", "one", "C-u", "two", "Enter"),
            new Step("two: two", "echo two: $a", "Enter"),
            new Step("24 80", "./app stty size", "Enter"),
            new Step("isig icanon", "./app stty -a", "Enter"),
            new Step("- text", "./app vi text", "Enter"),
            new Step("a second line", "i", "a line", "Enter", "a second line", "Escape"),
            new Step("a lin", "k", "x"),
            new Step("guest> ", ":wq", "Enter"),
            new Step("a second line", "clear; ./app cat text", "Enter"),
            new Step("app cat", "./app cat", "Enter"),
            new Step("typed", "typed", "Enter"),
            new Step("Stopped", "C-z"),
            new Step("app cat", "fg", "Enter"),
            new Step("again", "again", "Enter"),
            new Step("guest> ", "C-d"),
            new Step("stty echo", "./app stty -echo; read b; ./app stty echo", "Enter"),
            new Step("guest> ", "gone", "Enter"),
            new Step("noecho gone", "echo noecho $b", "Enter"));
    String here = start("here", emulated("sh"));
    String there = start("there", peer("sh"));
    awaitText(here, "guest>");
    awaitText(there, "guest>");
    tmux("send-keys", "-t", here, "cd here; clear", "Enter");
    tmux("send-keys", "-t", there, "cd there; clear", "Enter");
    awaitScreen(here, "guest>");
    awaitScreen(there, "guest>");
    for (Step step : steps) {
      assertEquals(type(there, step), type(here, step), String.join(" ", step.keys));
    }
  }

  @Test
  void followsTheWindow() throws Exception {
    String here = start("window", emulated("sh"));
    awaitText(here, "guest>");
    tmux("send-keys", "-t", here, "trap 'echo resized' WINCH", "Enter");
    tmux("resize-window", "-t", here, "-x", "90", "-y", "20");
    type(here, new Step("resized", "", "Enter"));
    type(here, new Step("20 90", "./busybox stty size", "Enter"));
  }

  @Test
  void leavesTheTerminalAsItWas() throws Exception {
    String here = start("modes", List.of("stty", "-g"));
    String before = modes(awaitText(here, "host>"));
    for (String end : List.of("C-d", "kill")) {
      tmux("send-keys", "-t", here, "clear; " + line(emulated("cat")), "Enter");
      type(here, new Step("x\nx", "x", "Enter"));
      if (end.equals("kill")) {
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains(folder + " --env"))
            .forEach(ProcessHandle::destroyForcibly);
      } else {
        tmux("send-keys", "-t", here, end);
      }
      awaitText(here, "host>");
      Thread.sleep(500);
      tmux("send-keys", "-t", here, "clear; stty -g", "Enter");
      assertEquals(before, modes(awaitText(here, ":")), end);
    }
  }

  private static String line(List<String> command) {
    return String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
  }

  private static String modes(String screen) {
    return screen
        .lines()
        .filter(line -> line.contains(":bf:") || line.matches("[0-9a-f:]{40,}"))
        .findFirst()
        .orElse("none: " + screen);
  }

  @Test
  void twoInterruptsEndIt() throws Exception {
    String here =
        start("twice", emulated("sh", "-c", "trap \"\" INT; echo b$((1))sy; while :; do :; done"));
    awaitText(here, "b1sy");
    tmux("send-keys", "-t", here, "C-c");
    Thread.sleep(1500);
    assertTrue(!screen(here).contains("host>"), "one interrupt is the guest's:\n" + screen(here));
    tmux("send-keys", "-t", here, "C-c");
    Thread.sleep(200);
    tmux("send-keys", "-t", here, "C-c");
    awaitText(here, "host>");
  }
}
