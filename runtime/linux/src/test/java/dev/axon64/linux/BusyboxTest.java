package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.linux.process.GuestClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's busybox-static does here what it does under qemu-aarch64, for each line of {@code
 * busybox.list}. The environment variable AXON64_BUSYBOX names the arm64 binary.
 */
public class BusyboxTest {
  private static final String QEMU = "/usr/bin/qemu-aarch64";
  private static final Instant TIME = Instant.ofEpochSecond(1_600_000_000);

  @TempDir Path folder;

  /** What an invocation left behind. */
  private record Outcome(int status, byte[] output, Map<String, String> files) {}

  /** A machine for one invocation. */
  protected Guests guest() {
    return new Guests();
  }

  @TestFactory
  protected Stream<DynamicTest> doesWhatItDoesOnLinux() throws IOException {
    String name = System.getenv("AXON64_BUSYBOX");
    assumeTrue(
        name != null && Files.isRegularFile(Path.of(name)),
        "set AXON64_BUSYBOX to an arm64 busybox, as .ci/run does");
    assumeTrue(Files.isExecutable(Path.of(QEMU)), "needs " + QEMU);
    Path busybox = Path.of(name).toAbsolutePath();
    return Guests.text("busybox.list")
        .lines()
        .filter(l -> !l.isBlank() && !l.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> compare(line, busybox)));
  }

  private void compare(String line, Path busybox) throws IOException, InterruptedException {
    List<String> words = words(line);
    String input = null;
    int redirection = words.lastIndexOf("<");
    if (redirection > 0) {
      input = words.get(redirection + 1);
      words = words.subList(0, redirection);
    }
    Path root = Files.createTempDirectory(folder, "run");
    Outcome theirs = qemu(words, input, busybox, root.resolve("theirs"));
    alike(theirs, here(guest(), words, input, busybox, root.resolve("ours")));
  }

  private static void alike(Outcome theirs, Outcome ours) {
    assertEquals(
        new String(theirs.output, StandardCharsets.ISO_8859_1),
        new String(ours.output, StandardCharsets.ISO_8859_1));
    assertArrayEquals(theirs.output, ours.output);
    assertEquals(theirs.status, ours.status);
    assertEquals(theirs.files, ours.files);
  }

  private static Outcome here(
      Guests guest, List<String> words, String input, Path busybox, Path root) throws IOException {
    Path work = work(root);
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.copy(busybox, bin.resolve("busybox"));
    bin.resolve("busybox").toFile().setExecutable(true);
    for (String applet : APPLETS) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Path etc = Files.createDirectories(root.resolve("etc"));
    Files.writeString(etc.resolve("passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    Files.writeString(etc.resolve("group"), "root:x:0:\n");
    byte[] bytes = input == null ? new byte[0] : Files.readAllBytes(work.resolve(input));
    guest
        .builder
        .clock(GuestClock.host())
        .root(root)
        .writable(true)
        .workingFolder("/work")
        .program("/bin/busybox")
        .arguments(words)
        .environment(List.of("PATH=/bin", "LC_ALL=C", "TZ=UTC"))
        .stdin(new ByteArrayInputStream(bytes));
    Guests.Run run = guest.run();
    return new Outcome(run.status().shellCode(), guest.outputBytes(), files(work));
  }

  private static Outcome qemu(List<String> words, String input, Path busybox, Path root)
      throws IOException, InterruptedException {
    Path work = work(root);
    Path bin = Files.createDirectories(root.resolve("bin"));
    for (String applet : APPLETS) {
      // qemu cannot make the kernel run arm64 files, but scripts it can
      Path script = bin.resolve(applet);
      Files.writeString(
          script, "#!/bin/sh\nexec %s -0 %s %s \"$@\"\n".formatted(QEMU, applet, busybox));
      script.toFile().setExecutable(true);
    }
    Path stdin = root.resolve("stdin");
    Files.write(stdin, input == null ? new byte[0] : Files.readAllBytes(work.resolve(input)));
    List<String> command = new ArrayList<>(List.of(QEMU, "-0", "/bin/busybox"));
    command.add(busybox.toString());
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", bin.toString(), "LC_ALL", "C", "TZ", "UTC"));
    Path output = root.resolve("stdout");
    builder.redirectInput(stdin.toFile()).redirectOutput(output.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    int status = builder.start().waitFor();
    return new Outcome(status, Files.readAllBytes(output), files(work));
  }

  /** What scripts of the list use beyond the shell itself. */
  private static final List<String> APPLETS =
      List.of(
          "cat",
          "sort",
          "uniq",
          "wc",
          "yes",
          "head",
          "sha256sum",
          "sleep",
          "find",
          "xargs",
          "md5sum",
          "tar",
          "mkdir",
          "ls",
          "gzip",
          "gunzip",
          "cmp",
          "tr",
          "sed",
          "awk",
          "echo");

  /** The files that invocations work on, the same each time. */
  private static Path work(Path root) throws IOException {
    Path work = Files.createDirectories(root.resolve("work"));
    StringBuilder data = new StringBuilder();
    for (int i = 1; i <= 200; i++) {
      data.append(i * 7919 % 1000).append(" line ").append(i).append('\n');
    }
    byte[] noise = new byte[30_000];
    new Random(7).nextBytes(noise);
    String words = "alpha beta\ngamma delta\nalpha gamma\n";
    Files.writeString(work.resolve("words"), words);
    Files.writeString(work.resolve("more"), "alpha beta\ngamma delta2\nalpha gamma\nomega\n");
    Files.writeString(work.resolve("data"), data);
    Files.write(work.resolve("noise"), noise);
    Files.writeString(work.resolve("tabs"), "a\tb\n\tc\n");
    Files.writeString(work.resolve("spaces"), "        x       y\n");
    Files.writeString(work.resolve("sums"), "2^64\nscale=20; 1/7\nsqrt(2)\nquit\n");
    Files.writeString(work.resolve("edits"), "1,2p\n$a\nadded\n.\n,p\nq!\n");
    Files.writeString(
        work.resolve("hashes"),
        "d11bc88ad3088024819554d053ff019c4b4fd49f0950dd721f15c033b2765113  words\n");
    Files.writeString(
        work.resolve("change"),
        "--- words\n+++ words\n@@ -1,3 +1,3 @@\n alpha beta\n-gamma delta\n+changed\n alpha gamma\n");
    Files.writeString(work.resolve("script"), SCRIPT);
    Files.createSymbolicLink(work.resolve("link"), Path.of("words"));
    Files.createDirectories(work.resolve("folder/inner"));
    Files.writeString(work.resolve("folder/inner/file"), "in a folder\n");
    Files.write(work.resolve("packed.gz"), Archives.gzip(words));
    Files.write(work.resolve("packed.tgz"), Archives.tarGzip(Map.of("a", words, "b", "bee\n")));
    try (Stream<Path> all = Files.walk(work)) {
      for (Path file : all.toList()) {
        if (!Files.isSymbolicLink(file)) {
          Files.setLastModifiedTime(file, FileTime.from(TIME));
        }
      }
    }
    return work;
  }

  private static final String SCRIPT =
      """
      #!/bin/sh
      n=0
      for a in "$@"; do n=$((n+1)); echo "$n: $a"; done
      sum=0; i=1; while [ $i -le 100 ]; do sum=$((sum+i)); i=$((i+1)); done; echo $sum
      ../bin/cat <<EOF
      here $n ${1:-x}
      EOF
      ../bin/awk '{print NF}' words | ../bin/sort | ../bin/uniq -c
      echo "$(../bin/sed -n 2p words)" | ../bin/tr a-z A-Z
      [ -d folder ] && echo "a folder"
      """;

  /** Names, kinds, permissions and contents below a folder. */
  private static Map<String, String> files(Path work) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> found = Files.walk(work)) {
      for (Path file : found.toList()) {
        String name = work.relativize(file).toString();
        Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if (Files.isSymbolicLink(file)) {
          all.put(name, mode + " -> " + Files.readSymbolicLink(file));
        } else if (Files.isDirectory(file)) {
          all.put(name, mode.toString());
        } else {
          all.put(name, mode + " " + Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return all;
  }

  /** Splits a line of the list as its header says. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ' ' && !quoted) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
