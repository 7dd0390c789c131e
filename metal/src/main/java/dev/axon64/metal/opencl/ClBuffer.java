package dev.axon64.metal.opencl;

import dev.axon64.metal.device.DeviceBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A buffer in a device's memory. */
final class ClBuffer implements DeviceBuffer {
  private final ClDevice device;
  private final long size;
  private final MemorySegment memory;

  ClBuffer(ClDevice device, long size) {
    this.device = device;
    this.size = size;
    if (size > device.info().largest()) {
      throw device
          .info()
          .error(
              "its buffers hold %,d bytes at most, and %,d are needed; run fewer or smaller guests"
                  .formatted(device.info().largest(), size));
    }
    int[] status = new int[1];
    memory =
        device
            .calls()
            .made(
                status,
                "clCreateBuffer",
                device.context(),
                Cl.MEM_READ_WRITE,
                Math.max(1, size),
                MemorySegment.NULL);
    if (memory == null) {
      throw device.info().error("a buffer of %,d bytes: %s".formatted(size, Cl.error(status[0])));
    }
  }

  MemorySegment memory() {
    return memory;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void write(long offset, MemorySegment from) {
    copy("clEnqueueWriteBuffer", offset, from);
  }

  @Override
  public void read(long offset, MemorySegment to) {
    copy("clEnqueueReadBuffer", offset, to);
  }

  private void copy(String function, long offset, MemorySegment host) {
    Objects.checkFromIndexSize(offset, host.byteSize(), size);
    if (host.byteSize() > 0) {
      device.check(
          "its memory cannot be reached",
          device
              .calls()
              .status(
                  function,
                  device.queue(),
                  memory,
                  1, // blocking
                  offset,
                  host.byteSize(),
                  host,
                  0,
                  MemorySegment.NULL,
                  MemorySegment.NULL));
    }
  }

  @Override
  public void close() {
    device.calls().status("clReleaseMemObject", memory);
  }
}
