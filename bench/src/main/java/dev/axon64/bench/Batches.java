package dev.axon64.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sample's words batch by batch, so that no branch predictor learns one batch by heart. */
@State(Scope.Thread)
public class Batches {
  /** Which sample. */
  @Param({"random", "code"})
  public String sample;

  /** Words in a batch; a power of two. */
  @Param({"64", "4096", "1048576"})
  public int batch;

  int[] words;
  long[] addresses;
  int[] kernels;
  int from;

  /** Makes the sample. */
  @Setup
  public void setUp() {
    words = BenchInputs.ofThisJvm().words(sample);
    addresses = BenchInputs.addresses();
    kernels = new int[BenchInputs.SAMPLE];
  }

  /** Moves to the next batch and returns where it ends; it begins at {@link #from}. */
  int next() {
    from = from + batch & BenchInputs.SAMPLE - 1;
    return from + batch;
  }
}
