package dev.axon64.bench.cli;

import dev.axon64.bench.BatchBenchmark;
import dev.axon64.bench.FmaBenchmark;
import dev.axon64.bench.OnnxBenchmark;
import dev.axon64.bench.SingleWordBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row to measure.
 *
 * @param executor what runs
 * @param sample which words: {@code random} or {@code code}; empty where there are none
 * @param batch words in a call
 */
record DispatchCase(DispatchExecutor executor, String sample, int batch) implements BenchCase {
  /** The samples in the table's order. */
  static final List<String> SAMPLES = List.of("random", "code");

  /** No words: the multiply-adds that bound the speed of all others. */
  static final DispatchCase BOUND = new DispatchCase(DispatchExecutor.FMA, "", 0);

  /** All cases, and what bounds them. */
  static List<DispatchCase> all() {
    List<DispatchCase> cases = new ArrayList<>();
    for (String sample : SAMPLES) {
      for (DispatchExecutor executor : DispatchExecutor.values()) {
        if (executor != DispatchExecutor.FMA) {
          for (int batch : executor.batches()) {
            cases.add(new DispatchCase(executor, sample, batch));
          }
        }
      }
    }
    cases.add(BOUND);
    return cases;
  }

  /** {@code generated Java/random/4096}. */
  @Override
  public String name() {
    return executor == DispatchExecutor.FMA
        ? executor.title()
        : executor.title() + "/" + sample + "/" + batch;
  }

  @Override
  public String benchmark() {
    Class<?> type =
        switch (executor) {
          case FMA -> FmaBenchmark.class;
          case ONNX, ONNX_LOWERED -> OnnxBenchmark.class;
          case SCALAR, SIMD, SWITCH, TABLE ->
              batch == 1 ? SingleWordBenchmark.class : BatchBenchmark.class;
        };
    return type.getName() + "." + executor.method();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    if (executor == DispatchExecutor.FMA) {
      return parameters;
    }
    parameters.put("sample", sample);
    if (executor.isOnnx()) {
      parameters.put("graph", executor == DispatchExecutor.ONNX ? "published" : "lowered");
    }
    if (executor.isOnnx() || batch > 1) {
      parameters.put("batch", Integer.toString(batch));
    }
    return parameters;
  }
}
