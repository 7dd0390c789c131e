package dev.axon64.metal.network;

import dev.axon64.codegen.emit.program.ShaderTensorBackend;
import dev.axon64.codegen.network.program.TensorProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** The buffers that a generated network's kernel takes. */
record NetworkShader(TensorProgram program, float[] packed) {
  String source() {
    return ShaderTensorBackend.metal().generate(program).get(0).text();
  }

  /** For {@code count} samples that lie one after another from {@code from} on. */
  Map<Integer, byte[]> buffers(float[] samples, int from, int count) {
    ByteBuffer inputs = floats(count * program.inputs());
    inputs.asFloatBuffer().put(samples, from * program.inputs(), count * program.inputs());
    ByteBuffer weights = floats(packed.length);
    weights.asFloatBuffer().put(packed);
    return Map.of(
        0, weights.array(),
        1, inputs.array(),
        2, floats(count * program.outputs()).array(),
        3, floats(count * program.scratch()).array(),
        4, floats(1).putInt(0, count).array());
  }

  /** The answers' bits after a run. */
  static int[] answers(Map<Integer, byte[]> buffers) {
    ByteBuffer outputs = ByteBuffer.wrap(buffers.get(2)).order(ByteOrder.LITTLE_ENDIAN);
    int[] bits = new int[outputs.remaining() / Float.BYTES];
    outputs.asIntBuffer().get(bits);
    return bits;
  }

  private static ByteBuffer floats(int count) {
    return ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
