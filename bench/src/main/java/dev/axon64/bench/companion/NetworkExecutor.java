package dev.axon64.bench.companion;

import dev.axon64.bench.onnx.CompanionSession;
import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import dev.axon64.codegen.emit.program.JavaTensorBackend.Lanes;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.network.program.TensorProgramInterpreter;

/** What runs a network. */
public enum NetworkExecutor {
  /** What {@code run --accelerate} uses once it has much to ask. */
  VECTORS("generated Java, vectors", 1),
  /** What it uses before, while vectors would not be compiled yet. */
  PLAIN("generated Java, loops", 1),
  INTERPRETER("interpreter", 1),
  ONNX("ONNX Runtime", 1, 64);

  private final String label;
  private final int[] batches;

  NetworkExecutor(String label, int... batches) {
    this.label = label;
    this.batches = batches;
  }

  /** The name in tables. */
  public String label() {
    return label;
  }

  /** The batches that it is measured at, in samples per call. */
  public int[] batches() {
    return batches.clone();
  }

  /**
   * Loads a network.
   *
   * @param batch samples that each run of it takes, one after another
   */
  Network open(CompanionInputs inputs, int batch) {
    if (this == ONNX) {
      CompanionSession session = new CompanionSession(inputs.graph(), inputs.weights(), batch);
      return new Network(session, session::close);
    }
    if (batch != 1) {
      throw new IllegalArgumentException(label + " takes single samples, not " + batch);
    }
    TensorProgram program = GraphLowering.lower(inputs.graph());
    float[] packed = program.pack(inputs.weights());
    NetworkRunner runner =
        switch (this) {
          case VECTORS -> CompiledTensorProgram.of(program).with(packed);
          case PLAIN -> CompiledTensorProgram.of(program, Lanes.PLAIN).with(packed);
          case INTERPRETER -> new TensorProgramInterpreter(program, packed);
          case ONNX -> throw new AssertionError("is a library's");
        };
    return new Network(runner, () -> {});
  }

  /** A loaded network. */
  record Network(NetworkRunner runner, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }
}
