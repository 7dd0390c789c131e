package dev.axon64.metal.apple;

import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A library, of whose functions pipelines are made when they are first launched. */
final class MtlProgram implements DeviceProgram {
  private final MtlDevice device;
  private final ObjC objc;
  private final MemorySegment library;
  private final Map<String, MemorySegment> pipelines = new HashMap<>();

  MtlProgram(MtlDevice device, MemorySegment library) {
    this.device = device;
    this.objc = device.objc();
    this.library = library;
  }

  @Override
  public void launch(String kernel, long threads, int group, List<DeviceBuffer> buffers) {
    objc.pooled(
        () -> {
          MemorySegment pipeline = pipelines.computeIfAbsent(kernel, this::pipeline);
          long size = Math.min(group, objc.number(pipeline, "maxTotalThreadsPerThreadgroup"));
          MemorySegment commands = objc.object(device.queue(), "commandBuffer");
          MemorySegment encoder = objc.object(commands, "computeCommandEncoder");
          objc.send(encoder, "setComputePipelineState:", pipeline);
          for (int i = 0; i < buffers.size(); i++) {
            MemorySegment buffer = ((MtlBuffer) buffers.get(i)).handle();
            objc.send(encoder, "setBuffer:offset:atIndex:", buffer, 0L, (long) i);
          }
          objc.send(
              encoder,
              "dispatchThreadgroups:threadsPerThreadgroup:",
              new ObjC.Size(Math.ceilDiv(threads, size), 1, 1),
              new ObjC.Size(size, 1, 1));
          objc.send(encoder, "endEncoding");
          objc.send(commands, "commit");
          device.launched(commands);
          return null;
        });
  }

  private MemorySegment pipeline(String kernel) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment function =
          objc.object(library, "newFunctionWithName:", objc.string(arena, kernel));
      if (function.equals(MemorySegment.NULL)) {
        throw device.info().error("kernel " + kernel + ": no kernel of that name");
      }
      MemorySegment error = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment pipeline =
          objc.object(
              device.handle(), "newComputePipelineStateWithFunction:error:", function, error);
      objc.send(function, "release");
      if (pipeline.equals(MemorySegment.NULL)) {
        throw device.info().error("kernel " + kernel + ": " + device.text(error));
      }
      return pipeline;
    }
  }

  @Override
  public void close() {
    pipelines.values().forEach(pipeline -> objc.send(pipeline, "release"));
    objc.send(library, "release");
  }
}
