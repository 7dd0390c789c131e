package dev.axon64.bench.cli;

/** What is measured, in the table's order. */
enum DispatchExecutor {
  SCALAR("scalar loop", "scalar", 1, 4096),
  SIMD("generated Java", "simd", 1, 64, 4096, 1 << 20),
  ONNX("ONNX Runtime", "call", 1, 64, 4096, 1 << 20),
  ONNX_LOWERED("ONNX Runtime, lowered", "call", 1, 64, 4096, 1 << 20),
  SWITCH("hand-written switch", "nested", 1, 4096, 1 << 20),
  TABLE("table decoder", "table", 1, 4096, 1 << 20),
  FMA("multiply-adds", "fma", 0);

  private final String title;
  private final String method;
  private final int[] batches;

  DispatchExecutor(String title, String method, int... batches) {
    this.title = title;
    this.method = method;
    this.batches = batches;
  }

  /** Its name in the table. */
  String title() {
    return title;
  }

  /** The benchmark method's name. */
  String method() {
    return method;
  }

  /** The batches it is measured at; 1 is single words, 0 no words at all. */
  int[] batches() {
    return batches.clone();
  }

  boolean isOnnx() {
    return this == ONNX || this == ONNX_LOWERED;
  }
}
