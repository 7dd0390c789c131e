package dev.axon64.bench.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.graph.Shape;
import dev.axon64.codegen.network.program.NetworkRunner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A companion network in ONNX Runtime on one thread, all graph optimisations on. A run takes a
 * fixed number of samples, one after another, and gives as many answers.
 */
public final class CompanionSession implements NetworkRunner, AutoCloseable {
  private final OrtSession session;
  private final int samples;
  private final int inputSize;
  private final int outputSize;
  private final Map<String, FloatBuffer> inputValues = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> outputValues = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

  /**
   * Loads the network.
   *
   * @param samples in a run
   */
  public CompanionSession(Graph graph, GraphWeights weights, int samples) {
    this.samples = samples;
    this.inputSize = graph.inputSize();
    this.outputSize = graph.outputSize();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(CompanionModel.of(graph, weights, samples), options);
      for (Layer.Input input : graph.inputs()) {
        inputs.put(input.name(), tensor(environment, input, inputValues));
      }
      for (String output : graph.outputs()) {
        outputs.put(output, tensor(environment, graph.layer(output), outputValues));
      }
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private OnnxTensor tensor(
      OrtEnvironment environment, Layer layer, Map<String, FloatBuffer> values)
      throws OrtException {
    Shape shape = layer.shape();
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(samples * shape.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    values.put(layer.name(), buffer);
    long[] extents = {(long) samples * shape.steps(), shape.width()};
    return OnnxTensor.createTensor(environment, buffer, extents);
  }

  @Override
  public void run(float[] from, int fromAt, float[] to, int toAt) {
    int at = fromAt;
    for (FloatBuffer buffer : inputValues.values()) {
      int size = buffer.capacity() / samples;
      for (int i = 0; i < samples; i++) {
        buffer.put(i * size, from, at + i * inputSize, size);
      }
      at += size;
    }
    try (OrtSession.Result result = session.run(inputs, Set.of(), outputs)) {
      if (result.size() != outputs.size()) {
        throw new IllegalStateException("ONNX Runtime: " + result.size() + " results");
      }
    } catch (OrtException e) {
      throw failure(e);
    }
    at = toAt;
    for (FloatBuffer buffer : outputValues.values()) {
      int size = buffer.capacity() / samples;
      for (int i = 0; i < samples; i++) {
        buffer.get(i * size, to, at + i * outputSize, size);
      }
      at += size;
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private static IllegalStateException failure(OrtException e) {
    return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
  }
}
