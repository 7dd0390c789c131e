package dev.axon64.linux.display;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A screen, and what somebody in front of it does. Any thread may use it. */
public final class Display {
  /** The most pixels along a side. */
  public static final int MOST = 8192;

  private final Screen screen;
  private final boolean attended;
  private final Queue<Input> inputs = new ConcurrentLinkedQueue<>();
  private volatile Runnable arrival = () -> {};

  /**
   * A display that shows nothing yet.
   *
   * @param attended whether somebody may {@link #send} input, so that guests may wait for it
   */
  public Display(int width, int height, boolean attended) {
    if (width < 1 || height < 1 || width > MOST || height > MOST) {
      throw new IllegalArgumentException(width + "x" + height);
    }
    this.screen = new Screen(width, height);
    this.attended = attended;
  }

  /** What it shows. */
  public Screen screen() {
    return screen;
  }

  /** Gives the guest input. */
  public void send(Input input) {
    inputs.add(input);
    arrival.run();
  }

  boolean isAttended() {
    return attended;
  }

  /** The next input that the guest has not got; null for none. */
  public Input poll() {
    return inputs.poll();
  }

  /** Has something done, on whatever thread, when input has come. */
  public void atArrival(Runnable action) {
    arrival = action;
  }
}
