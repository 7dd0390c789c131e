package dev.axon64.system.device;

import java.io.IOException;

/**
 * One timer of a processor (Arm ARM, D11): it raises its line while its count has reached the
 * compare value.
 */
public final class GenericTimer implements State.Of {
  private static final long ENABLED = 1;
  private static final long MASKED = 2;
  private static final long REACHED = 4;

  /** What {@link #next} answers if the timer will not ring. */
  public static final long NEVER = Long.MAX_VALUE;

  private final InterruptLine line;
  private long control;
  private long compare;

  /** Makes a timer that is off. */
  public GenericTimer(InterruptLine line) {
    this.line = line;
  }

  @Override
  public void state(State state) throws IOException {
    control = state.number((int) control, 0, 3);
    compare = state.value(compare);
  }

  /** CNTx_CTL. */
  public long control(long now) {
    return control | (isReached(now) ? REACHED : 0);
  }

  /** Sets CNTx_CTL. */
  public void setControl(long value, long now) {
    control = value & (ENABLED | MASKED);
    update(now);
  }

  /** CNTx_CVAL. */
  public long compare() {
    return compare;
  }

  /** Sets CNTx_CVAL. */
  public void setCompare(long value, long now) {
    compare = value;
    update(now);
  }

  /** CNTx_TVAL. */
  public long value(long now) {
    return compare - now & 0xffff_ffffL;
  }

  /** Sets CNTx_TVAL. */
  public void setValue(long value, long now) {
    setCompare(now + (int) value, now);
  }

  private boolean isReached(long now) {
    return (control & ENABLED) != 0 && Long.compareUnsigned(now, compare) >= 0;
  }

  /** Raises or lowers the line. */
  public void update(long now) {
    line.set(isReached(now) && (control & MASKED) == 0);
  }

  /** When its line will be raised next; {@link #NEVER} if it will not. */
  public long next(long now) {
    if ((control & (ENABLED | MASKED)) != ENABLED || isReached(now) || compare < 0) {
      return NEVER;
    }
    return compare;
  }
}
