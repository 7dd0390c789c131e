package dev.axon64.codegen.network.spec;

/**
 * A contiguous field of the word or the pc, at most 24 bits wide so that float32 holds every value.
 *
 * @param source where it lies
 * @param high its highest bit, counted from 0
 * @param low its lowest bit
 */
public record BitField(Source source, int high, int low) {
  /** The widest field, since float32 has a 24-bit significand. */
  public static final int MOST_BITS = 24;

  /** The number of bits. */
  public int width() {
    return high - low + 1;
  }

  /** The value with all bits set, and so the greatest one. */
  public int mask() {
    return (1 << width()) - 1;
  }

  /** The field of this word at this pc, from 0 to {@link #mask()}. */
  public int extract(int word, long pc) {
    long bits = source == Source.WORD ? Integer.toUnsignedLong(word) : pc;
    return (int) (bits >>> low) & mask();
  }

  @Override
  public String toString() {
    return source.keyword() + (high == low ? "[" + high + "]" : "[" + high + ":" + low + "]");
  }
}
