package dev.axon64.bench.cli;

import dev.axon64.bench.BenchInputs;
import dev.axon64.bench.onnx.OnnxModel;
import dev.axon64.bench.onnx.OnnxSession;
import dev.axon64.bench.peers.ScalarLoop;
import dev.axon64.bench.peers.SwitchDecoder;
import dev.axon64.bench.peers.TableDecoder;
import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whether all that is measured gives the same answers; what computes something else is no peer.
 *
 * @param words how many were compared
 * @param differing how many words each executor answers otherwise than the generated code
 */
record Agreement(int words, Map<DispatchExecutor, Integer> differing) {
  private static final int WORDS = 1 << 16;

  /** Compares on the first words of both samples. */
  static Agreement of(BenchInputs inputs, Network network) {
    Map<DispatchExecutor, Integer> differing = new EnumMap<>(DispatchExecutor.class);
    for (String sample : DispatchCase.SAMPLES) {
      Map<DispatchExecutor, int[]> answers =
          answers(network, inputs.words(sample), BenchInputs.addresses());
      int[] ours = answers.get(DispatchExecutor.SIMD);
      answers.forEach((e, kernels) -> differing.merge(e, differences(ours, kernels), Integer::sum));
    }
    return new Agreement(WORDS * DispatchCase.SAMPLES.size(), differing);
  }

  boolean complete() {
    return differing.values().stream().allMatch(n -> n == 0);
  }

  private static Map<DispatchExecutor, int[]> answers(Network network, int[] words, long[] pcs) {
    Map<DispatchExecutor, int[]> answers = new EnumMap<>(DispatchExecutor.class);
    for (DispatchExecutor executor : DispatchExecutor.values()) {
      if (executor != DispatchExecutor.FMA) {
        answers.put(executor, new int[WORDS]);
      }
    }
    CompiledDispatcher.of(Lowering.lower(network))
        .get()
        .kernels(words, pcs, answers.get(DispatchExecutor.SIMD), 0, WORDS);
    new ScalarLoop(network).kernels(words, pcs, answers.get(DispatchExecutor.SCALAR), 0, WORDS);
    SwitchDecoder.of(network.spec()).kernels(words, answers.get(DispatchExecutor.SWITCH), 0, WORDS);
    new TableDecoder(network.spec()).kernels(words, answers.get(DispatchExecutor.TABLE), 0, WORDS);
    onnx(network, OnnxModel.published(network), words, pcs, answers.get(DispatchExecutor.ONNX));
    OnnxModel lowered = OnnxModel.lowered(Lowering.lower(network));
    onnx(network, lowered, words, pcs, answers.get(DispatchExecutor.ONNX_LOWERED));
    return answers;
  }

  private static void onnx(
      Network network, OnnxModel model, int[] words, long[] pcs, int[] kernels) {
    try (OnnxSession session = new OnnxSession(network.spec(), model);
        OnnxSession.Batch batch = session.batch(WORDS)) {
      batch.fill(words, pcs, 0);
      batch.run();
      for (int i = 0; i < WORDS; i++) {
        kernels[i] = batch.kernel(i);
      }
    }
  }

  private static int differences(int[] expected, int[] actual) {
    int count = 0;
    for (int i = 0; i < expected.length; i++) {
      count += expected[i] == actual[i] ? 0 : 1;
    }
    return count;
  }
}
