package dev.axon64.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The machine's multiply-add rate: twelve independent sums in registers, which hides a latency of
 * four cycles at two per cycle with room to spare.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FmaBenchmark {
  /** Vector multiply-adds in one call. */
  public static final int PER_CALL = 12 * 1024;

  private static final VectorSpecies<Float> F = species();

  private float factor = 0.999f;
  private float summand = 0.001f;

  /** The species that the generated code uses. */
  private static VectorSpecies<Float> species() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    int bits = Math.min(512, Integer.getInteger("axon64.vector.bits", preferred));
    return VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  /** Bits of the vectors measured. */
  public static int vectorBits() {
    return F.vectorBitSize();
  }

  /** {@link #PER_CALL} vector multiply-adds. */
  @Benchmark
  public float fma() {
    FloatVector m = FloatVector.broadcast(F, factor);
    FloatVector c = FloatVector.broadcast(F, summand);
    // Sums that start alike could be recognised as one.
    FloatVector s0 = c.add(0f);
    FloatVector s1 = c.add(1f);
    FloatVector s2 = c.add(2f);
    FloatVector s3 = c.add(3f);
    FloatVector s4 = c.add(4f);
    FloatVector s5 = c.add(5f);
    FloatVector s6 = c.add(6f);
    FloatVector s7 = c.add(7f);
    FloatVector s8 = c.add(8f);
    FloatVector s9 = c.add(9f);
    FloatVector s10 = c.add(10f);
    FloatVector s11 = c.add(11f);
    for (int i = 0; i < PER_CALL / 12; i++) {
      s0 = s0.lanewise(VectorOperators.FMA, m, c);
      s1 = s1.lanewise(VectorOperators.FMA, m, c);
      s2 = s2.lanewise(VectorOperators.FMA, m, c);
      s3 = s3.lanewise(VectorOperators.FMA, m, c);
      s4 = s4.lanewise(VectorOperators.FMA, m, c);
      s5 = s5.lanewise(VectorOperators.FMA, m, c);
      s6 = s6.lanewise(VectorOperators.FMA, m, c);
      s7 = s7.lanewise(VectorOperators.FMA, m, c);
      s8 = s8.lanewise(VectorOperators.FMA, m, c);
      s9 = s9.lanewise(VectorOperators.FMA, m, c);
      s10 = s10.lanewise(VectorOperators.FMA, m, c);
      s11 = s11.lanewise(VectorOperators.FMA, m, c);
    }
    FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    return low.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
  }
}
