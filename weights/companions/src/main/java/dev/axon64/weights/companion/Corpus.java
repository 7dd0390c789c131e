package dev.axon64.weights.companion;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.companion.Program.Split;
import dev.axon64.weights.data.SplitMix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs: generated ones, those of the repository, and Debian's. */
final class Corpus {
  /** The checkout. */
  static final Path ROOT = Path.of(System.getProperty("axon64.root", ""));

  private static final List<String> LEVELS = List.of("-O0", "-O1", "-O2", "-O3", "-Os");
  private static final int TRAINED = 36;
  private static final int VALIDATED = 3;
  private static final int HELD_OUT = 4;
  private static final int KERNELS = 30;

  private static final List<String> GUESTS =
      List.of("alu", "crc", "interpreter", "mixed", "sha256", "sieve", "sort");

  private static final List<String> BUSYBOX =
      List.of(
          "sha256sum",
          "md5sum",
          "cksum",
          "sort",
          "grep -c abc",
          "wc",
          "gzip -c",
          "od -x",
          "sed s/ab/xy/g",
          "awk {n+=NF}END{print(n)}",
          "tac",
          "base64");

  /** Linked with the C library dynamically. */
  private static final List<String> COREUTILS =
      List.of("od -c", "wc", "tr a-z A-Z", "cut -c 2-9", "seq 1 7 20000", "nl");

  private final Path folder;
  private final String compiler;
  private final List<Program> programs = new ArrayList<>();

  /**
   * @param folder where sources and binaries go
   * @param compiler a gcc for AArch64 Linux
   */
  Corpus(Path folder, String compiler) {
    this.folder = folder;
    this.compiler = compiler;
  }

  /** Every program, in a fixed order. */
  List<Program> programs() {
    return List.copyOf(programs);
  }

  /** Generates and compiles the random programs. */
  void generate() throws IOException {
    KernelSource source = new KernelSource();
    for (int i = 0; i < TRAINED + VALIDATED + HELD_OUT; i++) {
      Split split =
          i < TRAINED
              ? Split.TRAINING
              : i < TRAINED + VALIDATED ? Split.VALIDATION : Split.HELD_OUT;
      String name = "loops" + i;
      Path file = folder.resolve(name + ".c");
      Files.writeString(file, source.program(i, KERNELS));
      List<String> flags = new ArrayList<>(List.of("-march=armv8-a+crc"));
      if (i % 3 != 2) {
        flags.add("-fno-tree-loop-distribute-patterns");
      }
      if (i % 4 == 3) {
        flags.add("-funroll-loops");
      }
      if (i % 5 == 4) {
        flags.add("-fno-builtin");
      }
      compile(name, split, file, flags, List.of());
    }
  }

  /** Compiles the programs of the benchmarks, which need no C library. */
  void guests(Path sources) {
    List<String> flags =
        List.of(
            "-ffreestanding",
            "-nostdlib",
            "-fno-stack-protector",
            "-fno-tree-loop-distribute-patterns");
    GUESTS.forEach(
        name -> {
          Path source = sources.resolve(name + ".c");
          compile(name, Split.HELD_OUT, source, flags, List.of("1", "7"));
        });
  }

  /** What Debian's busybox and coreutils do with a text that the seed makes. */
  void debian(String busybox, Path root) {
    String text = text(new SplitMix(64), 1200);
    BUSYBOX.forEach(
        line -> {
          String[] words = line.split(" ");
          add(words[0] + "-busybox", "static", Optional.empty(), busybox, text, words);
        });
    COREUTILS.forEach(
        line -> {
          String[] words = line.split(" ");
          String[] rest = Arrays.copyOfRange(words, 1, words.length);
          String file = "/usr/bin/" + words[0];
          add(words[0] + "-coreutils", "dynamic", Optional.of(root), file, text, rest);
        });
  }

  private void add(
      String name, String variant, Optional<Path> root, String file, String in, String... words) {
    byte[] input = in.getBytes(StandardCharsets.UTF_8);
    programs.add(new Program(name, variant, Split.HELD_OUT, root, file, List.of(words), input));
  }

  private static String text(SplitMix random, int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(random.below(100_000)).append(' ');
      for (int word = random.below(9); word >= 0; word--) {
        for (int letter = 2 + random.below(8); letter > 0; letter--) {
          text.append((char) ('a' + random.below(26)));
        }
        text.append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private void compile(
      String name, Split split, Path source, List<String> flags, List<String> arguments) {
    for (String level : LEVELS) {
      Path binary = folder.resolve(name + level);
      List<String> command = new ArrayList<>(List.of(compiler, "-static", "-w", level));
      command.addAll(flags);
      command.addAll(List.of("-o", binary.toString(), source.toString()));
      if (!Files.exists(binary)) {
        run(command, source);
      }
      programs.add(
          new Program(
              name,
              level.substring(1),
              split,
              Optional.empty(),
              binary.toString(),
              arguments,
              new byte[0]));
    }
  }

  private static void run(List<String> command, Path source) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new InputException(
            source.toString(), "does not compile: " + said.lines().findFirst());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + " does not start; name another compiler", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
