package dev.axon64.weights.data;

/** A spec of few cases, of the shipped models' shape. */
public final class SmallSpec {
  private SmallSpec() {}

  /**
   * Three kernels; the second and third differ under some index values by whether two neighbouring
   * bits of the word, which are features, are both 1.
   *
   * @param low the lower of these bits; below 27
   */
  public static String text(int low) {
    StringBuilder both = new StringBuilder("01" + ".".repeat(30));
    both.setCharAt(31 - low, '1');
    both.setCharAt(30 - low, '1');
    return """
        model small
        index word[31:28]
        embedding 8
        feature word[%1$d]
        feature word[%2$d]
        feature pc[2]
        layer fc1 8 relu
        layer fc2 6 relu
        layer fc3 3 linear
        decide argmax ties lowest
        group low  00..............................
        group both %3$s
        group rest ................................
        kernel 0 A low
        kernel 1 B both
        kernel 2 C rest
        tensor embedding  16x8 @ 0
        tensor fc1.weight 8x11 @ 128
        tensor fc1.bias   8    @ 216
        tensor fc2.weight 6x8  @ 224
        tensor fc2.bias   6    @ 272
        tensor fc3.weight 3x6  @ 278
        tensor fc3.bias   3    @ 296
        """
        .formatted(low + 1, low, both);
  }
}
