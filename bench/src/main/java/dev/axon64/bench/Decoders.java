package dev.axon64.bench;

import dev.axon64.bench.peers.SwitchDecoder;
import dev.axon64.bench.peers.TableDecoder;
import dev.axon64.codegen.network.spec.DispatchSpec;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The decoders without a network. */
@State(Scope.Thread)
public class Decoders {
  SwitchDecoder nested;
  TableDecoder table;

  /** Fills the tables. */
  @Setup
  public void setUp() {
    DispatchSpec spec = BenchInputs.ofThisJvm().network().spec();
    nested = SwitchDecoder.of(spec);
    table = new TableDecoder(spec);
  }
}
