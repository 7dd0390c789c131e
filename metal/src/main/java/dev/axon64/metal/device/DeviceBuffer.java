package dev.axon64.metal.device;

import java.lang.foreign.MemorySegment;

/** Memory of an open device. Reads and writes wait for what was launched before. */
public interface DeviceBuffer extends AutoCloseable {
  /** Its size in bytes. */
  long size();

  /** Copies all bytes of native memory to it. */
  void write(long offset, MemorySegment from);

  /** Fills native memory from it. */
  void read(long offset, MemorySegment to);

  @Override
  void close();
}
