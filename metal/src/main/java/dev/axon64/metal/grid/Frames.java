package dev.axon64.metal.grid;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.metal.device.Device;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Pages of guests in a device's memory. Pages that no guest writes and that are alike are one
 * frame.
 */
final class Frames {
  private static final int FIRST = 1 << 12;
  private static final int PAGE = AddressSpace.PAGE;

  private final Device device;
  private final Mirror mirror;
  private final int most;
  private final BitSet used = new BitSet();

  /** How many pages a frame is; 0 for one that can be written and is one page's alone. */
  private int[] sharers = new int[FIRST];

  private final Map<Integer, Integer> byContent = new HashMap<>();

  Frames(Device device) {
    this.device = device;
    most = (int) Math.min(Integer.MAX_VALUE, device.info().largest() / PAGE);
    mirror = new Mirror(device, PAGE, Math.min(FIRST, most));
  }

  Mirror mirror() {
    return mirror;
  }

  /** A frame for a page that may be written. */
  int place(byte[] page) {
    int frame = used.nextClearBit(0);
    if (frame >= mirror.units()) {
      if (mirror.units() >= most) {
        throw device
            .info()
            .error(
                "its buffers hold %,d MiB at most, and the guests use more; run fewer at a time"
                    .formatted(device.info().largest() >> 20));
      }
      mirror.upload();
      mirror.download(used);
      mirror.grow((int) Math.min(most, 2L * mirror.units()));
      sharers = Arrays.copyOf(sharers, mirror.units());
    }
    used.set(frame);
    write(frame, page);
    return frame;
  }

  /** A frame for a page that is only read, which may be that of pages like it. */
  int share(byte[] page) {
    int hash = Arrays.hashCode(page);
    Integer known = byContent.get(hash);
    if (known != null && same(known, page)) {
      sharers[known]++;
      return known;
    }
    int frame = place(page);
    sharers[frame] = 1;
    byContent.putIfAbsent(hash, frame);
    return frame;
  }

  boolean isShared(int frame) {
    return sharers[frame] > 0;
  }

  /** Whether a frame holds these bytes, as far as the host knows. */
  boolean same(int frame, byte[] page) {
    return mirror.host(frame).mismatch(MemorySegment.ofArray(page)) < 0;
  }

  /** Changes a frame that is not shared. */
  void write(int frame, byte[] page) {
    MemorySegment.copy(page, 0, mirror.host(frame), ValueLayout.JAVA_BYTE, 0, PAGE);
    mirror.change(frame, 1);
  }

  /** The bytes of a frame, as far as the host knows. */
  byte[] read(int frame) {
    return mirror.host(frame).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Gives a page's frame back. */
  void release(int frame) {
    if (sharers[frame] > 1) {
      sharers[frame]--;
      return;
    }
    if (sharers[frame] == 1) {
      sharers[frame] = 0;
      byContent.remove(Arrays.hashCode(read(frame)), frame);
    }
    used.clear(frame);
  }
}
