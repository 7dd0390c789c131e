package dev.axon64.system.virtio;

import dev.axon64.system.device.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A disk whose changes stay in memory, above one that stays as it is. */
public final class ChangedDisk implements Disk {
  private static final int CLUSTER = 1 << 16;

  private final Disk below;
  private final Map<Long, byte[]> changed = new HashMap<>();

  /** Makes one without changes. */
  public ChangedDisk(Disk below) {
    this.below = below;
  }

  @Override
  public long size() {
    return below.size();
  }

  @Override
  public void read(long at, byte[] to, int offset, int length) throws IOException {
    if (changed.isEmpty()) {
      below.read(at, to, offset, length);
      return;
    }
    for (int done = 0; done < length; ) {
      long place = at + done;
      int start = (int) (place % CLUSTER);
      int part = Math.min(length - done, CLUSTER - start);
      byte[] cluster = changed.get(place / CLUSTER);
      if (cluster != null) {
        System.arraycopy(cluster, start, to, offset + done, part);
      } else {
        below.read(place, to, offset + done, part);
      }
      done += part;
    }
  }

  @Override
  public void write(long at, byte[] from, int length) throws IOException {
    for (int done = 0; done < length; ) {
      long place = at + done;
      int start = (int) (place % CLUSTER);
      int part = Math.min(length - done, CLUSTER - start);
      System.arraycopy(from, done, cluster(place / CLUSTER), start, part);
      done += part;
    }
  }

  private byte[] cluster(long number) throws IOException {
    byte[] known = changed.get(number);
    if (known == null) {
      known = new byte[CLUSTER];
      long start = number * CLUSTER;
      below.read(start, known, 0, (int) Math.min(CLUSTER, size() - start));
      changed.put(number, known);
    }
    return known;
  }

  @Override
  public void state(State state) throws IOException {
    int count = state.number(changed.size(), 0, Integer.MAX_VALUE);
    List<Long> numbers = new ArrayList<>(changed.keySet());
    if (state.isRead()) {
      changed.clear();
    }
    for (int i = 0; i < count; i++) {
      long number = state.value(state.isRead() ? 0 : numbers.get(i));
      byte[] cluster = state.bytes(state.isRead() ? null : changed.get(number));
      if (number < 0 || number > size() / CLUSTER || cluster.length != CLUSTER) {
        throw new IOException("it has a part that is not on the disk");
      }
      changed.put(number, cluster);
    }
  }

  @Override
  public void flush() {
    // memory is as safe as it gets
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
