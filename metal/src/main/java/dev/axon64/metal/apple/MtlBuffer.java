package dev.axon64.metal.apple;

import dev.axon64.metal.device.DeviceBuffer;
import java.lang.foreign.MemorySegment;

/** A buffer in memory that the GPU shares with this process, so that nothing is sent. */
final class MtlBuffer implements DeviceBuffer {
  /** {@code MTLResourceStorageModeShared}. */
  private static final long SHARED = 0;

  private final MtlDevice device;
  private final long size;
  private final MemorySegment handle;
  private final MemorySegment contents;

  @SuppressWarnings("restricted")
  MtlBuffer(MtlDevice device, long size) {
    this.device = device;
    this.size = size;
    handle =
        device
            .objc()
            .object(device.handle(), "newBufferWithLength:options:", Math.max(1, size), SHARED);
    if (handle.equals(MemorySegment.NULL)) {
      throw device.info().error("a buffer of %,d bytes: too little memory".formatted(size));
    }
    contents = device.objc().object(handle, "contents").reinterpret(size);
  }

  MemorySegment handle() {
    return handle;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void write(long offset, MemorySegment from) {
    device.finish();
    contents.asSlice(offset, from.byteSize()).copyFrom(from);
  }

  @Override
  public void read(long offset, MemorySegment to) {
    device.finish();
    to.copyFrom(contents.asSlice(offset, to.byteSize()));
  }

  @Override
  public void close() {
    device.objc().send(handle, "release");
  }
}
