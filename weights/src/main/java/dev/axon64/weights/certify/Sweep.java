package dev.axon64.weights.certify;

import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.MarginDispatcher;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.EncodingGroup;
import dev.axon64.codegen.network.spec.Source;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A network with all that a sweep over its words needs; shared by the sweep's threads. */
final class Sweep {
  /** The pc of every word of a sweep. */
  static final long REFERENCE_PC = 0;

  /** Words in a piece of work: what threads take at a time. */
  static final int TASK = 1 << 20;

  /** Words in a call of the dispatcher: its arrays stay in the first-level caches. */
  static final int CHUNK = 1 << 12;

  private static final int MOST_BLOCK = 1 << 10;

  final Network network;
  final DispatchSpec spec;
  final ForwardPlan plan;
  final String javaSha256;
  final EncodingMap map;
  final Limits rounding;
  final Limits pc;
  final long[] probes;

  /** Words in a block: consecutive, aligned, all of one encoding group. */
  final int block;

  private final Supplier<MarginDispatcher> dispatchers;

  Sweep(Network network, ForwardPlan plan) {
    this.network = network;
    this.plan = plan;
    this.spec = plan.spec();
    CompiledDispatcher compiled = CompiledDispatcher.of(plan);
    this.dispatchers = compiled;
    this.javaSha256 = compiled.sourceSha256();
    this.map = EncodingMap.of(spec);
    this.rounding = Limits.ofRounding(plan, network);
    this.pc = Limits.ofPc(plan, network);
    this.probes = pc.isEmpty() ? new long[0] : probes(spec);
    int labelRun = Math.min(Integer.numberOfTrailingZeros(spec.labelMask()), 30);
    this.block = Math.min(MOST_BLOCK, 1 << labelRun);
  }

  /** Pcs that may well change an answer: all bits set that the network reads, and one field's. */
  private static long[] probes(DispatchSpec spec) {
    TreeSet<Long> masks = new TreeSet<>(Long::compareUnsigned);
    masks.add(spec.pcMask());
    spec.features().stream()
        .flatMap(feature -> feature.field().stream())
        .filter(field -> field.source() == Source.PC)
        .limit(1)
        .forEach(field -> masks.add((long) field.mask() << field.low()));
    return masks.stream().mapToLong(mask -> mask).toArray();
  }

  MarginDispatcher dispatcher() {
    return dispatchers.get();
  }

  /** Index of the first group that matches. */
  int group(int word) {
    List<EncodingGroup> groups = spec.groups();
    int g = 0;
    while (!groups.get(g).matches(word)) {
      g++;
    }
    return g;
  }

  /** Whether all words of a block read the same row of the embedding. */
  boolean oneRowPerBlock() {
    BitField index = spec.index();
    return index.source() == Source.PC || 1L << index.low() >= block;
  }
}
