package dev.axon64.metal.executor;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.shading.Metal;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.DeviceProgram;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs each launch at once, on all cores. */
final class ExecutorDevice implements Device {
  private final DeviceInfo info;

  ExecutorDevice(DeviceInfo info) {
    this.info = info;
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public ShadingLanguage language() {
    return new Metal();
  }

  @Override
  public DeviceProgram build(SourceFile source, boolean quotients) {
    return new Program(MetalProgram.compile(source.text(), source.path()));
  }

  @Override
  public DeviceBuffer buffer(long bytes) {
    if (bytes > info.largest()) {
      throw info.error(
          "its buffers hold %,d bytes at most, and %,d are needed; run fewer or smaller guests"
              .formatted(info.largest(), bytes));
    }
    return new Buffer(new byte[(int) bytes]);
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}

  private record Program(MetalProgram program) implements DeviceProgram {
    @Override
    public void launch(String kernel, long threads, int group, List<DeviceBuffer> buffers) {
      Map<Integer, byte[]> bound = new HashMap<>();
      for (int i = 0; i < buffers.size(); i++) {
        bound.put(i, ((Buffer) buffers.get(i)).bytes);
      }
      program.kernel(kernel).run(GridSize.of(threads), bound, RunOptions.defaults());
    }

    @Override
    public void close() {}
  }

  private record Buffer(byte[] bytes) implements DeviceBuffer {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void write(long offset, MemorySegment from) {
      MemorySegment.copy(from, 0, MemorySegment.ofArray(bytes), offset, from.byteSize());
    }

    @Override
    public void read(long offset, MemorySegment to) {
      MemorySegment.copy(MemorySegment.ofArray(bytes), offset, to, 0, to.byteSize());
    }

    @Override
    public void close() {}
  }
}
