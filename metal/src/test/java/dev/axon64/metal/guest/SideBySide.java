package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.emit.isa.shader.MetalKernelBackend;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EachEngine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.cpp.CppShader;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.RunOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Executes random words on the scalar kernels, in the shader on the JVM and in the shader as C++, a
 * grid of guests at a time, and keeps what differs.
 */
final class SideBySide {
  private static final int GRID = 256;

  private final GuestShader shader;
  private final CppShader cpp;
  private final SplittableRandom seeds;
  private final Engine scalar = new EachEngine(ShippedDispatcher.A64.dispatcher());
  private final List<RandomGuest> ours = guests();
  private final List<RandomGuest> theirs = guests();
  private final Map<String, String> wrong = new TreeMap<>();
  private final Map<String, Integer> stops = new TreeMap<>();

  /**
   * @param cpp null for no comparison with C++
   */
  SideBySide(GuestShader shader, CppShader cpp, long seed) {
    this.shader = shader;
    this.cpp = cpp;
    this.seeds = new SplittableRandom(seed);
  }

  private static List<RandomGuest> guests() {
    List<RandomGuest> guests = new ArrayList<>();
    for (int i = 0; i < GRID; i++) {
      guests.add(new RandomGuest());
    }
    return guests;
  }

  /** Tries each instruction {@code tries} times. */
  void run(List<Instruction> instructions, int tries) {
    List<Instruction> grid = new ArrayList<>();
    for (Instruction instruction : instructions) {
      for (int i = 0; i < tries; i++) {
        grid.add(instruction);
        if (grid.size() == GRID) {
          grid(grid);
          grid.clear();
        }
      }
    }
    if (!grid.isEmpty()) {
      grid(grid);
    }
  }

  /** The first difference of each copy of an instruction. */
  List<String> differences() {
    return List.copyOf(wrong.values());
  }

  /** Why guests stopped, and how many. */
  Map<String, Integer> stops() {
    return stops;
  }

  private void grid(List<Instruction> instructions) {
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
      compareBuffers(grid.buffers(), asCpp, instructions, words);
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

  /** Bit for bit, what the shader keeps for itself included; memory a page, all guests alike. */
  private void compareBuffers(
      Map<Integer, byte[]> jvm, Map<Integer, byte[]> asCpp, List<Instruction> all, int[] words) {
    for (int buffer : new int[] {0, 2}) {
      int size = buffer == 0 ? shader.layout().size() : jvm.get(buffer).length / words.length;
      for (int i = 0; i < words.length; i++) {
        int begin = i * size;
        int end = begin + size;
        int at = Arrays.mismatch(jvm.get(buffer), begin, end, asCpp.get(buffer), begin, end);
        if (at >= 0) {
          note(all.get(i), words[i], "MSL / C++:", " buffer %d, byte %d".formatted(buffer, at));
        }
      }
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
