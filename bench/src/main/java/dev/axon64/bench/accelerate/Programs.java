package dev.axon64.bench.accelerate;

import dev.axon64.bench.accelerate.Program.Group;
import dev.axon64.codegen.support.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The programs: five of bulk work, at lengths at which starting up counts little; then this
 * repository's other guests, busybox's applets and the GNU tools, which are not made for it.
 */
public final class Programs {
  /** Work in a full run, as a multiple of that in a quick one. */
  private static final int FULL = 10;

  private final Path folder;
  private final int scale;
  private final List<Program> all = new ArrayList<>();

  private Programs(Path folder, boolean quick) {
    this.folder = folder;
    this.scale = quick ? 1 : FULL;
  }

  /**
   * Puts the guests that come with the benchmark into a folder, and finds the others.
   *
   * @param quick a tenth of the work
   * @param missing told of what is not there
   */
  public static List<Program> in(Path folder, boolean quick, Consumer<String> missing) {
    Programs programs = new Programs(folder, quick);
    programs.bulk();
    programs.guests();
    Tools tools = new Tools(folder, programs.scale);
    programs.all.addAll(tools.busybox(named("AXON64_BUSYBOX"), missing));
    programs.all.addAll(tools.gnu(named("AXON64_LS"), missing));
    return List.copyOf(programs.all);
  }

  private static Optional<Path> named(String variable) {
    return Optional.ofNullable(System.getenv(variable)).map(Path::of);
  }

  /** Each takes half a minute or more on one core of a machine of 2026. */
  private void bulk() {
    bulk("fill", 3600);
    bulk("copy", 700);
    bulk("sum", 800);
    bulk("string", 500);
    bulk("checksum", 400);
  }

  private void bulk(String name, int work) {
    Path file = file("/dev/axon64/guests/loops/" + name, "bulk-" + name);
    all.add(Program.alone(name, Group.BULK, file, work * scale, 7));
  }

  private void guests() {
    alone("demo", file("/dev/axon64/guests/demo/sieve", "demo"));
    guest("alu", 840);
    guest("mixed", 1380);
    guest("sieve", 300);
    guest("crc", 540);
    guest("sort", 126);
    guest("sha256", 330);
    guest("interpreter", 264);
    alone("sha256 of 64 KiB", file("/dev/axon64/guests/linux/sha256", "sha256-once"));
    Path glibc = file("/dev/axon64/guests/linux/personality", "personality");
    threads("glibc, threads", glibc);
    alone("glibc, memory", glibc, "memory");
    Path musl = file("/dev/axon64/guests/linux/personality-musl", "personality-musl");
    threads("musl, threads", musl);
    alone("musl, memory", musl, "memory");
  }

  /** One of those that {@code bench emulate} runs; some 1.2 billion instructions in a full run. */
  private void guest(String name, int work) {
    alone(name, file("/dev/axon64/guests/bench/" + name, "guest-" + name), work * scale, 7);
  }

  /** Its status is part of what it tests. */
  private void threads(String name, Path file) {
    all.add(Program.alone(name, Group.WHOLE, file, "threads").exits(3));
  }

  private void alone(String name, Path file, Object... arguments) {
    all.add(Program.alone(name, Group.WHOLE, file, arguments));
  }

  private Path file(String resource, String name) {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    try (InputStream in = Programs.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the guest " + resource + " is missing");
      }
      AtomicFiles.write(file, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.toFile().setExecutable(true);
    return file;
  }
}
