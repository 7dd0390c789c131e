package dev.axon64.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sample's words one at a time, each taken only when the answer for the last is there. */
@State(Scope.Thread)
public class SingleWords {
  /** Which sample. */
  @Param({"random", "code"})
  public String sample;

  int[] words;
  long[] addresses;
  int at;

  /** Makes the sample. */
  @Setup
  public void setUp() {
    words = BenchInputs.ofThisJvm().words(sample);
    addresses = BenchInputs.addresses();
  }

  /**
   * Moves to the next word. It depends on the last answer, whose sign bit is never set but which
   * the machine must wait for, so that what is measured is latency.
   */
  int next(int answer) {
    at = at + 1 + (answer >> 31) & BenchInputs.SAMPLE - 1;
    return answer;
  }
}
