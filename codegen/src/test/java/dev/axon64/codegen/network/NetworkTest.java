package dev.axon64.codegen.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkTest {
  private final DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL);

  @Test
  void evaluatesInThePublishedOrder() {
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % 7 - 3) * 0.3f;
    }
    Network network = Network.of(spec, weights, "test");
    float[] x = {weights[2], weights[3], 9 / 15f, 1};
    float[] hidden = new float[3];
    for (int o = 0; o < 3; o++) {
      float sum = weights[16 + o];
      for (int i = 0; i < 4; i++) {
        sum += weights[4 + o * 4 + i] * x[i];
      }
      hidden[o] = Math.max(0, sum);
    }
    float[] scores = new float[2];
    for (int o = 0; o < 2; o++) {
      scores[o] = weights[25 + o];
      for (int i = 0; i < 3; i++) {
        scores[o] += weights[19 + o * 3 + i] * hidden[i];
      }
    }
    assertArrayEquals(scores, new ReferenceForward(network).scores(0x80000009, 4));
  }

  @Test
  void refusesAWrongCount() {
    refused(() -> Network.of(spec, new float[26], "w.npy"), "w.npy: holds 26 float32");
  }

  @Test
  void refusesNanAndInfinityNamingThePlace() {
    float[] weights = new float[spec.parameters()];
    weights[17] = Float.NaN;
    refused(() -> Network.of(spec, weights, "w.npy"), "tensor 'one.bias' has NaN at 1");
    weights[17] = Float.NEGATIVE_INFINITY;
    refused(() -> Network.of(spec, weights, "w.npy"), "tensor 'one.bias' has -Infinity at 1");
  }

  @Test
  void refusesWeightsThatCouldOverflow() {
    float[] weights = new float[spec.parameters()];
    weights[16] = 3e38f;
    refused(
        () -> Network.of(spec, weights, "w.npy"), "layer 'one' could overflow float32 at unit 0");
  }

  @Test
  void tensorsMatchByNameElseByOrder() {
    Network network = Network.of(spec, ramp(), "ramp");
    List<Tensor> shuffled = new ArrayList<>(NetworkFiles.tensors(network));
    Collections.reverse(shuffled);
    assertArrayEquals(ramp(), NetworkFiles.of(spec, shuffled, "named").weights());
    List<Tensor> renamed =
        NetworkFiles.tensors(network).stream()
            .map(t -> new Tensor("module." + t.name(), t.shape(), t.data()))
            .toList();
    assertArrayEquals(ramp(), NetworkFiles.of(spec, renamed, "ordered").weights());
  }

  @Test
  void refusesTensorsOfOtherShapes() {
    List<Tensor> tensors = new ArrayList<>(NetworkFiles.tensors(Network.of(spec, ramp(), "ramp")));
    tensors.set(2, new Tensor("one.bias", List.of(4), new float[4]));
    refused(() -> NetworkFiles.of(spec, tensors, "w.pt"), "'one.bias' is 4; 'one.bias' needs 3");
    tensors.remove(2);
    refused(() -> NetworkFiles.of(spec, tensors, "w.pt"), "holds 4 tensors; spec 'small' needs 5");
  }

  @Test
  void selectionRefusesHalfAChoice() {
    refused(
        () -> Models.select(null, "a64", null),
        "spec a64: a spec and its weights go together; name both");
    refused(
        () -> Models.select(null, null, Path.of("w")),
        "weights w: a spec and its weights go together");
    refused(
        () -> Models.select("a64", "a64", Path.of("w")),
        "model a64: has a spec and weights of its own");
    refused(() -> Models.select("b64", null, null), "is not shipped; one of [a64, kvrm7]");
  }

  @Test
  void aShippedNetworkIsReadWhenItIsAskedForWhatItHolds() {
    int[] reads = {0};
    Network network =
        Network.shipped(
            "small",
            () -> {
              reads[0]++;
              return Network.of(spec, ramp(), "ramp");
            });
    assertEquals(Optional.of("small"), network.shippedName());
    assertEquals(0, reads[0]);
    assertArrayEquals(ramp(), network.weights());
    assertEquals(spec, network.spec());
    assertEquals(1, reads[0]);
    assertEquals(Optional.empty(), Network.of(spec, ramp(), "ramp").shippedName());
  }

  private float[] ramp() {
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i;
    }
    return weights;
  }

  private static void refused(Executable action, String message) {
    InputException refusal = assertThrows(InputException.class, action);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }
}
