package dev.axon64.bench.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX Runtime on one thread, all graph optimisations on. Inputs and outputs are direct
 * buffers made once, so that a call copies and allocates as little as the library allows.
 */
public final class OnnxSession implements AutoCloseable {
  private final DispatchSpec spec;
  private final OnnxModel model;
  private final OrtEnvironment environment;
  private final OrtSession session;

  /** Loads the model. */
  public OnnxSession(DispatchSpec spec, OnnxModel model) {
    this.spec = spec;
    this.model = model;
    this.environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(model.bytes(), options);
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  /** Makes the buffers and tensors of a batch of {@code size} words. */
  public Batch batch(int size) {
    try {
      return new Batch(size);
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private static IllegalStateException failure(OrtException e) {
    return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
  }

  /** Inputs and outputs of one call. */
  public final class Batch implements AutoCloseable {
    private final int size;
    private final IntBuffer rows;
    private final FloatBuffer features;
    private final LongBuffer kernels;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    private Batch(int size) throws OrtException {
      this.size = size;
      int width = model.features().size();
      this.rows = direct(size * 4).asIntBuffer();
      this.features = direct(size * width * 4).asFloatBuffer();
      this.kernels = direct(size * 8).asLongBuffer();
      OnnxTensor rowTensor = OnnxTensor.createTensor(environment, rows, new long[] {size});
      OnnxTensor featureTensor =
          OnnxTensor.createTensor(environment, features, new long[] {size, width});
      OnnxTensor kernelTensor = OnnxTensor.createTensor(environment, kernels, new long[] {size});
      this.inputs = Map.of(OnnxModel.ROWS, rowTensor, OnnxModel.FEATURES, featureTensor);
      this.outputs = Map.of(OnnxModel.KERNELS, kernelTensor);
    }

    /** Extracts the model's inputs from {@code size} words beginning at {@code from}. */
    public void fill(int[] words, long[] pcs, int from) {
      int at = 0;
      for (int i = 0; i < size; i++) {
        int word = words[from + i];
        long pc = pcs[from + i];
        rows.put(i, spec.index().extract(word, pc));
        for (int f : model.features()) {
          Feature feature = spec.features().get(f);
          features.put(at++, feature.value(word, pc));
        }
      }
    }

    /** Runs the network over the batch. */
    public void run() {
      try (OrtSession.Result result = session.run(inputs, Set.of(), outputs)) {
        if (result.size() != 1) {
          throw new IllegalStateException("ONNX Runtime: " + result.size() + " results, not 1");
        }
      } catch (OrtException e) {
        throw failure(e);
      }
    }

    /** The kernel that the last run chose for word {@code i} of the batch. */
    public int kernel(int i) {
      return (int) kernels.get(i);
    }

    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    }

    private static ByteBuffer direct(int bytes) {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
  }
}
