package dev.axon64.metal.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.RunOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a dispatch shader, with one thread for each instruction word. Its buffers are 0 weights, 1
 * words, 2 pcs, 3 kernels, 4 the count of words.
 */
public final class ShaderDispatcher implements Dispatcher {
  /** The kernel's name, the same for every network. */
  public static final String KERNEL = "axon64_dispatch";

  private final MetalKernel kernel;
  private final byte[] weights;

  /**
   * @param kernel {@link #KERNEL} of a generated shader
   * @param weights the flat vector
   */
  public ShaderDispatcher(MetalKernel kernel, float[] weights) {
    this.kernel = kernel;
    ByteBuffer bytes = buffer(weights.length * Float.BYTES);
    bytes.asFloatBuffer().put(weights);
    this.weights = bytes.array();
  }

  @Override
  public int kernel(int word, long pc) {
    int[] answer = new int[1];
    kernels(new int[] {word}, new long[] {pc}, answer, 0, 1);
    return answer[0];
  }

  @Override
  public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
    Objects.checkFromToIndex(from, to, words.length);
    int count = to - from;
    if (count == 0) {
      return;
    }
    Map<Integer, byte[]> buffers = buffers(words, pcs, from, count);
    kernel.run(GridSize.of(count), buffers, RunOptions.defaults());
    ByteBuffer.wrap(buffers.get(3))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(kernels, from, count);
  }

  /** The shader's buffers for these words; also what a C++ build of it is run on. */
  public Map<Integer, byte[]> buffers(int[] words, long[] pcs, int from, int count) {
    ByteBuffer wordBytes = buffer(count * Integer.BYTES);
    wordBytes.asIntBuffer().put(words, from, count);
    ByteBuffer pcBytes = buffer(count * Long.BYTES);
    pcBytes.asLongBuffer().put(pcs, from, count);
    return Map.of(
        0, weights,
        1, wordBytes.array(),
        2, pcBytes.array(),
        3, new byte[count * Integer.BYTES],
        4, buffer(Integer.BYTES).putInt(0, count).array());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
