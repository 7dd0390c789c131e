package dev.axon64.metal.device;

import java.util.List;

/** A built program of an open device. */
public interface DeviceProgram extends AutoCloseable {
  /**
   * Starts a kernel; launches run one after the other.
   *
   * @param threads at least so many run
   * @param group threads that run together; other groups may run at the same time
   * @param buffers by index
   */
  void launch(String kernel, long threads, int group, List<DeviceBuffer> buffers);

  @Override
  void close();
}
