package dev.axon64.bench.boot;

import dev.axon64.bench.ChildTimes;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Boots the same files on QEMU and here, one after the other. */
public final class BootRun {
  private static final Pattern INSTRUCTIONS = Pattern.compile("(?m)^instructions\\s+([0-9,]+)$");

  /** What the machine's init prints, without the kernel's own lines, which tell times. */
  private static final Pattern KERNEL_LINE = Pattern.compile("(?m)^\\[ *[0-9.]+\\].*\\R");

  private static final List<String> QEMU =
      List.of(
          "qemu-system-aarch64",
          "-M",
          "virt",
          "-cpu",
          "cortex-a53",
          "-m",
          "512",
          "-nographic",
          "-nic",
          "none",
          "-no-reboot");

  private final Function<BootCase, List<String>> axon64;
  private final List<String> files;
  private final Path folder;

  /**
   * What a case came to.
   *
   * @param instructions executed here
   * @param seconds of processor time, here
   * @param peer the same of QEMU
   * @param difference how the outputs differ; empty if they do not
   */
  public record Row(
      BootCase of, long instructions, double seconds, double peer, String difference) {}

  private record Ended(String output, String messages, double seconds) {}

  /**
   * @param axon64 a command that boots a case
   * @param folder for what they write
   */
  public BootRun(Function<BootCase, List<String>> axon64, Path kernel, Path initial, Path folder) {
    this.axon64 = axon64;
    this.files = List.of("-kernel", kernel.toString(), "-initrd", initial.toString(), "-append");
    this.folder = folder;
  }

  /**
   * Boots on both.
   *
   * @throws InputException if one cannot be run, or fails
   */
  public Row run(BootCase boot) {
    List<String> command = new ArrayList<>(QEMU);
    command.addAll(files);
    command.add(boot.words());
    Ended peer = run("qemu-system-aarch64", command);
    Ended ended = run("axon64", axon64.apply(boot));
    Matcher count = INSTRUCTIONS.matcher(ended.messages);
    if (!count.find()) {
      throw new InputException("axon64", "says nothing of instructions: " + ended.messages);
    }
    return new Row(
        boot,
        Long.parseLong(count.group(1).replace(",", "")),
        ended.seconds,
        peer.seconds,
        difference(printed(peer.output), printed(ended.output)));
  }

  private static List<String> printed(String output) {
    return KERNEL_LINE.matcher(output).replaceAll("").lines().toList();
  }

  private static String difference(List<String> peer, List<String> own) {
    for (int i = 0; i < Math.max(peer.size(), own.size()); i++) {
      String there = i < peer.size() ? peer.get(i) : "nothing";
      String here = i < own.size() ? own.get(i) : "nothing";
      if (!there.equals(here)) {
        return "line %d is '%s', on QEMU '%s'".formatted(i + 1, here, there);
      }
    }
    return peer.isEmpty() ? "nothing was printed" : "";
  }

  private Ended run(String name, List<String> command) {
    Path output = folder.resolve(name + ".out");
    Path messages = folder.resolve(name + ".err");
    try {
      long spent = ChildTimes.nanoseconds();
      int status =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .redirectError(messages.toFile())
              .start()
              .waitFor();
      double seconds = (ChildTimes.nanoseconds() - spent) / 1e9;
      String said = Files.readString(messages, StandardCharsets.ISO_8859_1);
      if (status != 0) {
        throw new InputException(name, "exits with " + status + ": " + said.strip());
      }
      return new Ended(Files.readString(output, StandardCharsets.ISO_8859_1), said, seconds);
    } catch (IOException e) {
      throw new InputException(name, "cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a machine ran", e);
    }
  }
}
