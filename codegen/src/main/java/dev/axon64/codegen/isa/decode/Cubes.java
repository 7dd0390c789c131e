package dev.axon64.codegen.isa.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Turns a condition on some bits of a word into disjoint cubes. */
public final class Cubes {
  private final int[] positions;
  private final boolean[] holds;
  private final List<Cube> found = new ArrayList<>();

  private Cubes(int[] positions, boolean[] holds) {
    this.positions = positions;
    this.holds = holds;
  }

  /**
   * The words of {@code base} whose bits at {@code positions} satisfy the condition.
   *
   * @param positions bit numbers, not fixed by the base; the first is the lowest bit of what the
   *     condition is asked
   */
  public static List<Cube> where(Cube base, int[] positions, IntPredicate condition) {
    boolean[] holds = new boolean[1 << positions.length];
    for (int i = 0; i < holds.length; i++) {
      holds[i] = condition.test(i);
    }
    Cubes cubes = new Cubes(positions, holds);
    cubes.split(base, positions.length, 0);
    return cubes.found;
  }

  /** Halves a cube at the next bit until its words agree. */
  private void split(Cube cube, int free, int from) {
    int size = 1 << free;
    boolean first = holds[from];
    boolean uniform = true;
    for (int i = 1; i < size && uniform; i++) {
      uniform = holds[from + i] == first;
    }
    if (uniform) {
      if (first) {
        found.add(cube);
      }
      return;
    }
    int bit = 1 << positions[free - 1];
    split(new Cube(cube.mask() | bit, cube.value()), free - 1, from);
    split(new Cube(cube.mask() | bit, cube.value() | bit), free - 1, from + size / 2);
  }
}
