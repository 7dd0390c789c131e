package dev.axon64.bench.accelerate;

import dev.axon64.bench.accelerate.Program.Group;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Programs that other people compiled for arm64, where environment variables name them. */
final class Tools {
  private static final String LOADER = "lib/ld-linux-aarch64.so.1";
  private static final List<String> ENVIRONMENT = List.of("PATH=/bin", "LC_ALL=C", "TZ=UTC");
  private static final int TEXT = 200_000;
  private static final int NOISE = 50_000;

  /** Applets that scripts start. */
  private static final List<String> LINKS =
      List.of("base64", "cat", "cmp", "diff", "gunzip", "gzip", "md5sum", "tail", "tar", "tr");

  private final Path folder;
  private final int scale;
  private final List<Program> programs = new ArrayList<>();

  /**
   * @param folder for files that they read
   * @param scale how much they read
   */
  Tools(Path folder, int scale) {
    this.folder = folder;
    this.scale = scale;
  }

  /**
   * Applets of busybox.
   *
   * @param binary its static binary, if there is one
   */
  List<Program> busybox(Optional<Path> binary, Consumer<String> missing) {
    programs.clear();
    if (binary.filter(Files::isRegularFile).isEmpty()) {
      missing.accept("busybox is not measured: set AXON64_BUSYBOX to an arm64 busybox");
      return List.of();
    }
    Path root = root(binary.get());
    applet(root, "sha256sum", copies("sha256sum", 4));
    applet(root, "md5sum", copies("md5sum", 12));
    applet(root, "sort", List.of("sort", "text"));
    applet(root, "gzip", List.of("gzip", "-c", "text"));
    applet(root, "gzip and back", shell("gzip -c text | gunzip | cmp - text && echo same"));
    applet(root, "bzip2", List.of("bzip2", "-c", "noise"));
    applet(root, "awk", List.of("awk", "{n[$1]++; s+=NF} END {print s, n[\"delta\"], NR}", "text"));
    applet(root, "grep", List.of("grep", "-c", "-E", "(alpha|gamma)[0-9]* b", "text"));
    applet(root, "sed", List.of("sed", "-n", "s/delta/DELTA/gp", "text"));
    applet(root, "wc", copies("wc", 5));
    applet(root, "tr", shell("cat text text text text | tr a-z A-Z | tail -n 3"));
    applet(root, "od", List.of("od", "-x", "noise"));
    applet(root, "base64", shell(often("base64 noise") + " | md5sum"));
    applet(root, "cmp", shell(often("cmp noise copy") + " && echo same"));
    applet(root, "tar", shell("tar -c -f - text noise copy | tar -t"));
    applet(root, "diff", shell("diff text other || echo unlike"));
    int turns = 2000 * scale;
    applet(root, "sh", shell("i=0; while [ $i -lt " + turns + " ]; do i=$((i+1)); done; echo $i"));
    applet(root, "factor", List.of("factor", "100000980001501", "99999999999973"));
    return List.copyOf(programs);
  }

  private void applet(Path root, String name, List<String> arguments) {
    run(root, "busybox " + name, "/bin/busybox", arguments);
  }

  private void run(Path root, String name, String program, List<String> arguments) {
    Optional<String> work = root.startsWith(folder) ? Optional.of("/work") : Optional.empty();
    Program.Sandbox sandbox = new Program.Sandbox(root, work, ENVIRONMENT);
    programs.add(new Program(name, Group.WHOLE, Optional.of(sandbox), program, arguments, 0));
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  /** A command ten times, for what is done fast. */
  private static String often(String command) {
    return "for i in 0 1 2 3 4 5 6 7 8 9; do " + command + "; done";
  }

  /** A tool on the text, several times. */
  private static List<String> copies(String tool, int times) {
    List<String> all = new ArrayList<>(List.of(tool));
    all.addAll(Collections.nCopies(times, "text"));
    return all;
  }

  /** A folder with busybox under the names of its applets, and files to work on. */
  private Path root(Path busybox) {
    Path root = folder.resolve("root");
    Path bin = root.resolve("bin");
    Path work = root.resolve("work");
    try {
      Files.createDirectories(bin);
      Files.createDirectories(work);
      Files.copy(busybox, bin.resolve("busybox"));
      bin.resolve("busybox").toFile().setExecutable(true);
      for (String applet : LINKS) {
        Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
      }
    } catch (IOException e) {
      throw new InputException(busybox.toString(), "cannot be copied: " + e.getMessage(), e);
    }
    byte[] text = text();
    byte[] noise = new byte[NOISE * scale];
    new SplittableRandom(2).nextBytes(noise);
    AtomicFiles.write(work.resolve("text"), text);
    AtomicFiles.write(work.resolve("noise"), noise);
    AtomicFiles.write(work.resolve("copy"), noise);
    // A line in a thousand or so is another.
    byte[] other = text.clone();
    for (int i = 40_000; i < other.length; i += 40_000) {
      Arrays.fill(other, i, i + 3, (byte) 'x');
    }
    AtomicFiles.write(work.resolve("other"), other);
    return root;
  }

  /** Lines of words and numbers. */
  private byte[] text() {
    String[] words = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"};
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < TEXT * scale) {
      for (int i = random.nextInt(3, 12); i > 0; i--) {
        text.append(words[random.nextInt(words.length)]);
        text.append(random.nextInt(4) == 0 ? Integer.toString(random.nextInt(1000)) : "");
        text.append(i == 1 ? '\n' : ' ');
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * GNU tools with the C library's loader, from the root file system that {@code ls} is in.
   *
   * @param ls that program, if there is one
   */
  List<Program> gnu(Optional<Path> ls, Consumer<String> missing) {
    programs.clear();
    Optional<Path> found = ls.map(Path::toAbsolutePath).flatMap(Tools::rootOf);
    if (found.isEmpty()) {
      missing.accept(
          "ls is not measured: set AXON64_LS to an arm64 ls in a root file system with " + LOADER);
      return List.of();
    }
    Path root = found.get();
    String name = "/" + root.relativize(ls.orElseThrow().toAbsolutePath());
    run(root, "GNU ls", name, List.of("-lR", "/bin", "/usr/bin"));
    tool(root, "seq", "0", "0.1", Integer.toString(2000 * scale));
    return List.copyOf(programs);
  }

  /** A tool that may be in the same root. */
  private void tool(Path root, String name, String... arguments) {
    if (Files.isRegularFile(root.resolve("usr/bin").resolve(name))) {
      run(root, "GNU " + name, "/usr/bin/" + name, List.of(arguments));
    }
  }

  private static Optional<Path> rootOf(Path file) {
    return Stream.iterate(file.getParent(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve(LOADER)))
        .findFirst();
  }
}
