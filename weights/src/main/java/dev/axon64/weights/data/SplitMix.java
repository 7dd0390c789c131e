package dev.axon64.weights.data;

/**
 * The random numbers of data sets and training: SplitMix64 (Steele, Lea, Flood 2014), written down
 * here so that a seed means the same bytes on every machine and in every later JDK.
 */
public final class SplitMix {
  private long state;

  /** Starts a stream; every state is a good one. */
  public SplitMix(long state) {
    this.state = state;
  }

  /** The state that {@link #SplitMix(long)} continues from. */
  public long state() {
    return state;
  }

  /** A stream of its own for a named purpose, so that one consumer's draws shift no other's. */
  public static SplitMix of(long seed, String purpose) {
    SplitMix mix = new SplitMix(seed);
    long start = mix.next();
    for (int i = 0; i < purpose.length(); i++) {
      start = new SplitMix(start ^ purpose.charAt(i)).next();
    }
    return new SplitMix(start);
  }

  /** 64 random bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to {@code bound - 1}; the bias is below 2^-32 times the bound. */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** A number in [0, 1). */
  public double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Near normal, mean 0, deviation 1: the sum of twelve uniforms, which needs no logarithm. */
  public double gaussian() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += uniform();
    }
    return sum;
  }
}
