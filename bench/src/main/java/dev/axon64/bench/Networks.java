package dev.axon64.bench;

import dev.axon64.bench.peers.ScalarLoop;
import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The network's executors in Java. */
@State(Scope.Thread)
public class Networks {
  Dispatcher simd;
  ScalarLoop scalar;

  /** Generates, compiles and loads. */
  @Setup
  public void setUp() {
    Network network = BenchInputs.ofThisJvm().network();
    simd = CompiledDispatcher.of(Lowering.lower(network)).get();
    scalar = new ScalarLoop(network);
  }
}
