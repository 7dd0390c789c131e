package dev.axon64.codegen.spec;

import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Spec texts for tests: the shipped files, and a small one to break. */
public final class SpecTexts {
  /** Two kernels by the top bit, over a two-row embedding. */
  public static final String SMALL =
      """
      model small
      group top 1....... ........ ........ ........
      group rest ........ ........ ........ ........
      index word[31]
      embedding 2
      feature word[3:0] / 15
      feature pc[2]
      layer one 3 relu
      layer two 2 linear
      decide argmax ties lowest
      kernel 0 TOP top
      kernel 1 REST rest
      tensor embedding 2x2 @ 0
      tensor one.weight 3x4 @ 4
      tensor one.bias 3 @ 16
      tensor two.weight 2x3 @ 19
      tensor two.bias 2 @ 25
      """;

  private SpecTexts() {}

  /** A shipped spec, from its file. */
  public static DispatchSpec shipped(String name) {
    return DispatchSpecParser.parse(
        Path.of(System.getProperty("axon64.root"), "weights", "models", name + ".spec"));
  }

  /** Parses text that includes nothing. */
  public static DispatchSpec parse(String text) {
    return DispatchSpecParser.parse(
        "test.spec",
        text.getBytes(StandardCharsets.UTF_8),
        name -> {
          throw new InputException(name, "no such file");
        });
  }
}
