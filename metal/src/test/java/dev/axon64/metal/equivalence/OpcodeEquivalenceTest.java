package dev.axon64.metal.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.metal.cpp.CppShader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * For each of the 256 opcode bytes, random other bits and random pcs: all executors of the shipped
 * models, and of the published weights where they are at hand, answer as the reference does.
 */
class OpcodeEquivalenceTest {
  private static final int TRIES = Integer.getInteger("axon64.tries", 1000);
  private static final long SEED = Long.getLong("axon64.seed", System.nanoTime());
  private static final Map<String, Peers> PEERS = new LinkedHashMap<>();

  @BeforeContainer
  static void generate() {
    boolean cpp = CppShader.compiler().isPresent();
    Models.SHIPPED.forEach(name -> PEERS.put(name, new Peers(Models.shipped(name), cpp)));
    Path published =
        Path.of(
            System.getProperty("axon64.shared"), "seed", "dispatch_weights_embedding_100pct.npy");
    if (Files.exists(published)) {
      Network network = NetworkFiles.read(Models.spec("published"), published);
      PEERS.put("published", new Peers(network, cpp));
    } else {
      System.out.println("skipped: published weights, no file " + published.getFileName());
    }
    if (!cpp) {
      System.out.println("skipped: shaders as C++, no C++ compiler on the path");
    }
    System.out.println(
        "opcode equivalence: "
            + TRIES
            + " tries an opcode byte, -Daxon64.seed="
            + SEED
            + ", vector widths "
            + Peers.widths());
  }

  @AfterContainer
  static void close() {
    PEERS.values().forEach(Peers::close);
    PEERS.clear();
  }

  @Provide
  Arbitrary<Integer> opcodes() {
    return Arbitraries.integers().between(0, 255);
  }

  @Property(tries = 256, generation = GenerationMode.EXHAUSTIVE)
  void everyExecutorAnswersAsTheReference(@ForAll("opcodes") int opcode) {
    SplittableRandom random = new SplittableRandom(SEED + opcode);
    int[] words = new int[TRIES];
    long[] pcs = new long[TRIES];
    for (int i = 0; i < TRIES; i++) {
      words[i] = opcode << 24 | random.nextInt() >>> 8;
      pcs[i] = random.nextLong();
    }
    PEERS.forEach((model, peers) -> compare(model, peers, words, pcs));
  }

  private static void compare(String model, Peers peers, int[] words, long[] pcs) {
    Map<String, int[]> answers = peers.answers(words, pcs);
    List<String> wrong = new ArrayList<>();
    int[] expected = answers.get("reference");
    answers.forEach(
        (name, kernels) -> {
          for (int i = 0; i < words.length; i++) {
            if (kernels[i] != expected[i]) {
              wrong.add(
                  String.format(
                      "%s, %s: word %08x at pc %x: kernel %d, reference %d",
                      model, name, words[i], pcs[i], kernels[i], expected[i]));
            }
          }
        });
    assertEquals(List.of(), wrong.subList(0, Math.min(5, wrong.size())));
    assertEquals(
        expected[0], peers.named("simd " + Peers.widths().getLast()).kernel(words[0], pcs[0]));
  }
}
