package dev.axon64.bench;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.ElfImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What is measured: a network and two samples of words. It travels to the benchmarks' JVMs in
 * system properties.
 *
 * @param model a shipped model
 * @param spec a spec, a shipped one by name or a file
 * @param weights a file; see {@link Models#select}
 * @param elf the program whose code is the sample {@code code}, if it is not the shipped demo
 */
public record BenchInputs(
    Optional<String> model, Optional<String> spec, Optional<Path> weights, Optional<Path> elf) {
  /** Words in a sample. */
  public static final int SAMPLE = 1 << 20;

  private static final String PREFIX = "axon64.bench.";
  private static final String DEMO = "/dev/axon64/guests/demo/sieve";
  private static final long SEED = 64;

  /** Reads the system properties that {@link #jvmFlags} sets; the defaults where they are not. */
  static BenchInputs ofThisJvm() {
    return new BenchInputs(
        given("model"), given("spec"), given("weights").map(Path::of), given("elf").map(Path::of));
  }

  private static Optional<String> given(String name) {
    return Optional.ofNullable(System.getProperty(PREFIX + name));
  }

  /** Flags that hand these inputs to a JVM. */
  public List<String> jvmFlags() {
    List<String> flags = new ArrayList<>();
    add(flags, "model", model);
    add(flags, "spec", spec);
    add(flags, "weights", weights.map(file -> file.toAbsolutePath().toString()));
    add(flags, "elf", elf.map(file -> file.toAbsolutePath().toString()));
    return flags;
  }

  private static void add(List<String> flags, String name, Optional<String> value) {
    value.ifPresent(text -> flags.add("-D" + PREFIX + name + "=" + text));
  }

  /** The network. */
  public Network network() {
    return Models.select(model.orElse(null), spec.orElse(null), weights.orElse(null));
  }

  /**
   * A sample of {@link #SAMPLE} words: {@code random}, the same in every run, or {@code code}, the
   * program's words over and over.
   */
  public int[] words(String sample) {
    return switch (sample) {
      case "random" -> new Random(SEED).ints(SAMPLE).toArray();
      case "code" -> cycled(code());
      default -> throw new InputException(sample, "is no sample of words; random or code");
    };
  }

  /** Addresses of a sample: one word after the other from 0x400000 on. */
  public static long[] addresses() {
    long[] addresses = new long[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      addresses[i] = 0x40_0000 + 4L * i;
    }
    return addresses;
  }

  /** The program's words in their order, each once. */
  public int[] code() {
    ElfImage image = elf.map(ElfImage::read).orElseGet(BenchInputs::demo);
    int[] words = image.words().words();
    if (words.length == 0) {
      throw new InputException(image.where(), "holds no code; give a program or library");
    }
    return words;
  }

  private static ElfImage demo() {
    try (InputStream in = BenchInputs.class.getResourceAsStream(DEMO)) {
      if (in == null) {
        throw new InputException(
            "the demo program", "is not on the class path; name another program");
      }
      return ElfImage.parse(in.readAllBytes(), "the demo program");
    } catch (IOException e) {
      throw new InputException("the demo program", "cannot be read from the class path", e);
    }
  }

  private static int[] cycled(int[] code) {
    int[] words = new int[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      words[i] = code[i % code.length];
    }
    return words;
  }
}
