package dev.axon64.emulator.fuzz;

import dev.axon64.machine.engine.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Looks for inputs that crash a guest's function: changes inputs at random, and keeps those that
 * cover something new to change them further. The same seed tries the same inputs.
 */
public final class Fuzzer {
  private final Harness harness;
  private final SeenEdges seen;
  private final List<byte[]> corpus = new ArrayList<>();
  private final Mutations mutations;

  /**
   * An input that crashes.
   *
   * @param stop why the guest stopped
   * @param pc where
   * @param executions how many calls it took to find it
   */
  public record Finding(byte[] input, Stop stop, long pc, long executions) {}

  /**
   * @param most bytes of an input
   */
  public Fuzzer(Harness harness, int most, long seed) {
    this.harness = harness;
    this.seen = new SeenEdges(harness.coverage().bytes().length);
    this.mutations = new Mutations(new SplittableRandom(seed), most);
  }

  /** Adds an input to begin with. */
  public Fuzzer seed(byte[] input) {
    corpus.add(input.clone());
    return this;
  }

  /**
   * Tries inputs until one crashes.
   *
   * @param executions the most calls
   * @return the smallest input found for the first crash; empty if none did
   */
  public Optional<Finding> run(long executions) {
    if (corpus.isEmpty()) {
      corpus.add(new byte[0]);
    }
    for (long i = 0; i < executions; i++) {
      byte[] input = i < corpus.size() ? corpus.get((int) i) : mutations.of(corpus);
      Stop stop = harness.run(input);
      if (Harness.isCrash(stop)) {
        return Optional.of(shrunk(input, harness.executions()));
      }
      if (seen.add(harness.coverage().bytes())) {
        corpus.add(input);
      }
    }
    return Optional.empty();
  }

  /** Leaves out all bytes without which it crashes as well. */
  private Finding shrunk(byte[] input, long executions) {
    byte[] smallest = input;
    for (int size = Math.max(1, input.length / 2); size > 0; size /= 2) {
      for (int at = 0; at + size <= smallest.length; ) {
        byte[] less = new byte[smallest.length - size];
        System.arraycopy(smallest, 0, less, 0, at);
        System.arraycopy(smallest, at + size, less, at, less.length - at);
        if (Harness.isCrash(harness.run(less))) {
          smallest = less;
        } else {
          at += size;
        }
      }
    }
    Stop stop = harness.run(smallest);
    return new Finding(smallest, stop, harness.emulator().pc(), executions);
  }

  /** The inputs that cover something of their own, in the order they were found. */
  public List<byte[]> corpus() {
    return List.copyOf(corpus);
  }
}
