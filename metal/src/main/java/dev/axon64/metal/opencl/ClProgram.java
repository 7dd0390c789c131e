package dev.axon64.metal.opencl;

import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A built program, whose kernels are made when they are first launched. */
final class ClProgram implements DeviceProgram {
  private final ClDevice device;
  private final MemorySegment program;
  private final Map<String, MemorySegment> kernels = new HashMap<>();

  ClProgram(ClDevice device, MemorySegment program) {
    this.device = device;
    this.program = program;
  }

  @Override
  public void launch(String kernel, long threads, int group, List<DeviceBuffer> buffers) {
    MemorySegment handle = kernels.computeIfAbsent(kernel, this::kernel);
    int size = Math.min(group, device.facts().largestGroup());
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < buffers.size(); i++) {
        MemorySegment memory = ((ClBuffer) buffers.get(i)).memory();
        device.check(
            "kernel " + kernel + ", buffer " + i,
            device
                .calls()
                .status(
                    "clSetKernelArg",
                    handle,
                    i,
                    ValueLayout.ADDRESS.byteSize(),
                    arena.allocateFrom(ValueLayout.ADDRESS, memory)));
      }
      device.check(
          "kernel " + kernel + " cannot be launched",
          device
              .calls()
              .status(
                  "clEnqueueNDRangeKernel",
                  device.queue(),
                  handle,
                  1,
                  MemorySegment.NULL,
                  arena.allocateFrom(ValueLayout.JAVA_LONG, Math.ceilDiv(threads, size) * size),
                  arena.allocateFrom(ValueLayout.JAVA_LONG, (long) size),
                  0,
                  MemorySegment.NULL,
                  MemorySegment.NULL));
    }
  }

  private MemorySegment kernel(String name) {
    int[] status = new int[1];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment kernel =
          device.calls().made(status, "clCreateKernel", program, arena.allocateFrom(name));
      device.check("kernel " + name, status[0]);
      return kernel;
    }
  }

  @Override
  public void close() {
    kernels.values().forEach(kernel -> device.calls().status("clReleaseKernel", kernel));
    device.calls().status("clReleaseProgram", program);
  }
}
