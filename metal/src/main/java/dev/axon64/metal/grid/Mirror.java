package dev.axon64.metal.grid;

import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * A device's buffer and its copy on the host, both cut into units. Units that are marked travel
 * together where they lie side by side.
 */
final class Mirror implements AutoCloseable {
  private final Device device;
  private final int unit;
  private final BitSet changed = new BitSet();
  private Arena arena;
  private MemorySegment host;
  private DeviceBuffer buffer;
  private int units;

  /**
   * @param unit its size in bytes
   * @param units how many there are at first
   */
  Mirror(Device device, int unit, int units) {
    this.device = device;
    this.unit = unit;
    allocate(units);
  }

  private void allocate(int count) {
    DeviceBuffer made = device.buffer((long) count * unit);
    arena = Arena.ofShared();
    host = arena.allocate((long) count * unit, Long.BYTES);
    buffer = made;
    units = count;
  }

  /** How many units there are. */
  int units() {
    return units;
  }

  /** The copy on the host. */
  MemorySegment host() {
    return host;
  }

  /** A unit's copy on the host. */
  MemorySegment host(int index) {
    return host.asSlice((long) index * unit, unit);
  }

  DeviceBuffer buffer() {
    return buffer;
  }

  /**
   * Makes room for more units. The host's copy must be up to date; the device has it afterwards.
   */
  void grow(int count) {
    Arena oldArena = arena;
    MemorySegment old = host;
    DeviceBuffer oldBuffer = buffer;
    int before = units;
    allocate(count);
    host.asSlice(0, old.byteSize()).copyFrom(old);
    changed.set(0, before);
    upload();
    oldArena.close();
    oldBuffer.close();
  }

  /** Marks units that are to travel to the device. */
  void change(int from, int count) {
    changed.set(from, from + count);
  }

  /** Copies what was marked to the device. */
  void upload() {
    for (int from = changed.nextSetBit(0); from >= 0; ) {
      int to = changed.nextClearBit(from);
      buffer.write((long) from * unit, slice(from, to));
      from = changed.nextSetBit(to);
    }
    changed.clear();
  }

  /** Copies units back from the device. */
  void download(BitSet wanted) {
    for (int from = wanted.nextSetBit(0); from >= 0; ) {
      int to = wanted.nextClearBit(from);
      buffer.read((long) from * unit, slice(from, to));
      from = wanted.nextSetBit(to);
    }
  }

  private MemorySegment slice(int from, int to) {
    return host.asSlice((long) from * unit, (long) (to - from) * unit);
  }

  @Override
  public void close() {
    buffer.close();
    arena.close();
  }
}
