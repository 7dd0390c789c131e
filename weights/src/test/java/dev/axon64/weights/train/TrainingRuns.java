package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.DispatchSpecParser;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import java.nio.charset.StandardCharsets;

/** Small specs and trainings for tests. */
final class TrainingRuns {
  /** Three kernels; the second and third differ by a feature bit under some index values. */
  static final String SMALL =
      """
      model small
      index word[31:28]
      embedding 8
      feature word[1]
      feature word[0]
      feature pc[2]
      layer fc1 8 relu
      layer fc2 6 relu
      layer fc3 3 linear
      decide argmax ties lowest
      group low  00.. .... .... .... .... .... .... ....
      group both 01.. .... .... .... .... .... .... ..11
      group rest .... .... .... .... .... .... .... ....
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
      """;

  private TrainingRuns() {}

  static DispatchSpec spec(String text) {
    return DispatchSpecParser.parse(
        "test.spec",
        text.getBytes(StandardCharsets.UTF_8),
        name -> {
          throw new InputException(name, "nothing to include here");
        });
  }

  static EmbeddingTraining of(DispatchSpec spec, long seed, int mostEpochs) {
    return new EmbeddingTraining(
        spec, DataSet.of(spec, seed), DecisionDomain.of(spec), seed, mostEpochs);
  }

  static void epochs(Training training, int count) {
    for (int i = 0; i < count && !training.finished(); i++) {
      training.epoch();
    }
  }
}
