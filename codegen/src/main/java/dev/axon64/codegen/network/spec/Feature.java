package dev.axon64.codegen.network.spec;

import java.util.Optional;

/** One float32 input of the first layer beside the embedding. */
public sealed interface Feature {
  /** The value for this word at this pc. */
  float value(int word, long pc);

  /** The field it is read from; empty for a constant. */
  Optional<BitField> field();

  /** The greatest value; the least value of a field is 0. */
  float greatest();

  /**
   * A field's value as float32, divided by {@code divisor} with one IEEE rounding.
   *
   * @param bits where the value lies
   * @param divisor positive and finite; 1 where the spec names none
   */
  record Scaled(BitField bits, float divisor) implements Feature {
    @Override
    public float value(int word, long pc) {
      return bits.extract(word, pc) / divisor;
    }

    @Override
    public Optional<BitField> field() {
      return Optional.of(bits);
    }

    @Override
    public float greatest() {
      return bits.mask() / divisor;
    }

    @Override
    public String toString() {
      return divisor == 1 ? bits.toString() : bits + " / " + divisor;
    }
  }

  /** A constant value. */
  record Constant(float constant) implements Feature {
    @Override
    public float value(int word, long pc) {
      return constant;
    }

    @Override
    public Optional<BitField> field() {
      return Optional.empty();
    }

    @Override
    public float greatest() {
      return constant;
    }

    @Override
    public String toString() {
      return Float.toString(constant);
    }
  }
}
