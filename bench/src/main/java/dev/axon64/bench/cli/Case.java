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
record Case(Executor executor, String sample, int batch) implements BenchCase {
  /** The samples in the table's order. */
  static final List<String> SAMPLES = List.of("random", "code");

  /** All cases, or those whose name the expression is found in. */
  static List<Case> matching(String filter) {
    List<Case> cases = new ArrayList<>();
    for (String sample : SAMPLES) {
      for (Executor executor : Executor.values()) {
        if (executor != Executor.FMA) {
          for (int batch : executor.batches()) {
            cases.add(new Case(executor, sample, batch));
          }
        }
      }
    }
    cases.add(new Case(Executor.FMA, "", 0));
    return Filter.matching(cases, Case::name, filter);
  }

  /** {@code generated Java/random/4096}. */
  @Override
  public String name() {
    return executor == Executor.FMA
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
    if (executor == Executor.FMA) {
      return parameters;
    }
    parameters.put("sample", sample);
    if (executor.isOnnx()) {
      parameters.put("graph", executor == Executor.ONNX ? "published" : "lowered");
    }
    if (executor.isOnnx() || batch > 1) {
      parameters.put("batch", Integer.toString(batch));
    }
    return parameters;
  }
}
