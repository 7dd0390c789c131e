package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.InstructionSet;
import dev.axon64.codegen.isa.emit.MetalKernelBackend;
import dev.axon64.codegen.network.Models;
import dev.axon64.metal.cpp.CppShader;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.RunOptions;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.dispatch.ShippedDispatcher;
import dev.axon64.runtime.engine.EachEngine;
import dev.axon64.runtime.engine.Engine;
import dev.axon64.runtime.engine.Stop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * For every copy of every instruction, random words in random states: the scalar kernels, the
 * shader on the JVM and the shader as C++ agree on all registers, memory and why the guest stopped.
 * {@code -Daxon64.tries=N} makes N/50 tries a copy, a campaign ({@code -Daxon64.campaign=true})
 * 1,000.
 */
class InstructionEquivalenceTest {
  private static final int TRIES =
      Boolean.getBoolean("axon64.campaign")
          ? 1000
          : Math.max(1, Integer.getInteger("axon64.tries", 1000) / 50);
  private static final long SEED = Long.getLong("axon64.seed", System.nanoTime());
  private static final int GRID = 256;
  private static final int MOST_REPORTED = 20;

  private final GuestShader shader = GuestShader.compile(Models.shipped("a64"));
  private final Engine scalar = new EachEngine(ShippedDispatcher.A64.dispatcher());
  private final List<RandomGuest> ours = guests();
  private final List<RandomGuest> theirs = guests();
  private final Map<String, String> wrong = new HashMap<>();
  private final Map<String, Integer> stops = new HashMap<>();

  private static List<RandomGuest> guests() {
    List<RandomGuest> guests = new ArrayList<>();
    for (int i = 0; i < GRID; i++) {
      guests.add(new RandomGuest());
    }
    return guests;
  }

  @Test
  void everyInstructionActsAsTheScalarKernels() {
    List<Instruction> trials = new ArrayList<>();
    InstructionSet.a64().instructions().stream()
        .filter(i -> i.name().matches(System.getProperty("axon64.only", ".*")))
        .forEach(
            instruction -> {
              for (int i = 0; i < TRIES; i++) {
                trials.add(instruction);
              }
            });
    boolean compiler = CppShader.compiler().isPresent();
    if (!compiler) {
      System.out.println("skipped: the shader as C++, no g++ or clang++ on the path");
    }
    CppShader cpp = compiler ? CppShader.compile(shader.source().text(), "-O0") : null;
    try {
      SplittableRandom seeds = new SplittableRandom(SEED);
      for (int from = 0; from < trials.size(); from += GRID) {
        grid(trials.subList(from, Math.min(trials.size(), from + GRID)), seeds, cpp);
      }
    } finally {
      if (cpp != null) {
        cpp.close();
      }
    }
    System.out.printf(
        "instruction equivalence: %d tries, %d a copy, -Daxon64.seed=%d, stops %s%n",
        trials.size(), TRIES, SEED, stops);
    assertEquals(List.of(), wrong.values().stream().sorted().limit(MOST_REPORTED).toList());
    assertTrue(stops.get("Budget") > trials.size() / 2, "most tries execute their instruction");
  }

  private void grid(List<Instruction> instructions, SplittableRandom seeds, CppShader cpp) {
    List<CpuState> cpus = new ArrayList<>();
    int[] words = new int[instructions.size()];
    for (int i = 0; i < words.length; i++) {
      long seed = seeds.nextLong();
      words[i] = ours.get(i).prepare(instructions.get(i), seed);
      theirs.get(i).prepare(instructions.get(i), seed);
      cpus.add(theirs.get(i).cpu());
    }
    GuestGrid grid = new GuestGrid(shader.layout(), cpus, 1);
    Map<Integer, byte[]> asCpp = new HashMap<>();
    grid.buffers().forEach((index, bytes) -> asCpp.put(index, bytes.clone()));
    shader.run(grid, words.length, RunOptions.defaults());
    if (cpp != null) {
      cpp.run(MetalKernelBackend.KERNEL, GridSize.of(words.length), asCpp);
      compareBuffers(grid, asCpp, instructions, words);
    }
    List<Stop> shaderStops = grid.copyOut();
    for (int i = 0; i < words.length; i++) {
      Stop stop = scalar.run(ours.get(i).cpu(), 1);
      stops.merge(stop.getClass().getSimpleName(), 1, Integer::sum);
      String difference =
          GuestComparison.of(ours.get(i).cpu(), stop, cpus.get(i), shaderStops.get(i))
              + GuestComparison.memory(ours.get(i).data(), theirs.get(i).data());
      note(instructions.get(i), words[i], "scalar / MSL:", difference);
      assertEquals(scalar.executed(), grid.executed(i), instructions.get(i).name());
    }
  }

  /** Bit for bit, what the shader keeps for itself included. */
  private void compareBuffers(
      GuestGrid grid, Map<Integer, byte[]> asCpp, List<Instruction> instructions, int[] words) {
    byte[] jvm = grid.buffers().get(0);
    int size = shader.layout().size();
    for (int i = 0; i < words.length; i++) {
      int at =
          java.util.Arrays.mismatch(
              jvm, i * size, (i + 1) * size, asCpp.get(0), i * size, (i + 1) * size);
      if (at >= 0) {
        note(instructions.get(i), words[i], "MSL / C++:", " guest byte " + at);
      }
    }
    if (wrong.isEmpty()) {
      assertArrayEquals(grid.buffers().get(2), asCpp.get(2), "memory, MSL / C++");
    }
  }

  private void note(Instruction instruction, int word, String who, String difference) {
    if (!difference.isEmpty()) {
      wrong.putIfAbsent(
          instruction.name() + who,
          "%s %08x %s%s".formatted(instruction.name(), word, who, difference));
    }
  }
}
