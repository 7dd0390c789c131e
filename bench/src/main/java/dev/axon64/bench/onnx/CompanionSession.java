package dev.axon64.bench.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.axon64.codegen.graph.Graph;
import dev.axon64.codegen.graph.GraphWeights;
import dev.axon64.codegen.graph.Layer;
import dev.axon64.codegen.graph.Shape;
import dev.axon64.codegen.loops.LoopsRunner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A companion network in ONNX Runtime on one thread, all graph optimisations on. */
public final class CompanionSession implements LoopsRunner, AutoCloseable {
  private final OrtSession session;
  private final Map<String, FloatBuffer> inputValues = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> outputValues = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

  /** Loads the network. */
  public CompanionSession(Graph graph, GraphWeights weights) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(CompanionModel.of(graph, weights), options);
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

  private static OnnxTensor tensor(
      OrtEnvironment environment, Layer layer, Map<String, FloatBuffer> values)
      throws OrtException {
    Shape shape = layer.shape();
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(shape.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    values.put(layer.name(), buffer);
    return OnnxTensor.createTensor(environment, buffer, new long[] {shape.steps(), shape.width()});
  }

  @Override
  public void run(float[] from, int fromAt, float[] to, int toAt) {
    int at = fromAt;
    for (FloatBuffer buffer : inputValues.values()) {
      buffer.put(0, from, at, buffer.capacity());
      at += buffer.capacity();
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
      buffer.get(0, to, at, buffer.capacity());
      at += buffer.capacity();
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
