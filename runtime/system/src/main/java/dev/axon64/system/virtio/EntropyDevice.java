package dev.axon64.system.virtio;

import dev.axon64.system.device.State;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A source of random numbers (section 5.4). They follow from a seed, so that two runs of a guest
 * are the same; a guest must keep no secrets by them.
 */
public final class EntropyDevice implements VirtioDevice {
  private static final int MOST = 1 << 16;

  /** The seed of the next request's numbers. */
  private long seed;

  /** Makes a source with a seed. */
  public EntropyDevice(long seed) {
    this.seed = seed;
  }

  @Override
  public int id() {
    return 4;
  }

  @Override
  public int queues() {
    return 1;
  }

  @Override
  public void state(State state) throws IOException {
    seed = state.value(seed);
  }

  @Override
  public int serve(int queue, Request request) {
    byte[] bytes = new byte[(int) Math.min(request.writable(), MOST)];
    SplittableRandom random = new SplittableRandom(seed);
    random.nextBytes(bytes);
    seed = random.nextLong();
    request.write(0, bytes, bytes.length);
    return bytes.length;
  }
}
