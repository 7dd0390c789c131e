package dev.axon64.metal.equivalence;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.metal.cpp.CppShader;
import dev.axon64.metal.engine.ShaderDispatcher;
import dev.axon64.metal.exec.GridSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** A generated shader compiled as C++. */
final class CppDispatcher implements Dispatcher, AutoCloseable {
  private final CppShader shader;
  private final ShaderDispatcher layout;

  CppDispatcher(String source, ShaderDispatcher layout) {
    this.shader = CppShader.compile(source);
    this.layout = layout;
  }

  @Override
  public int kernel(int word, long pc) {
    int[] answer = new int[1];
    kernels(new int[] {word}, new long[] {pc}, answer, 0, 1);
    return answer[0];
  }

  @Override
  public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
    Map<Integer, byte[]> buffers = layout.buffers(words, pcs, from, to - from);
    shader.run(ShaderDispatcher.KERNEL, GridSize.of(to - from), buffers);
    ByteBuffer.wrap(buffers.get(3))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(kernels, from, to - from);
  }

  @Override
  public void close() {
    shader.close();
  }
}
