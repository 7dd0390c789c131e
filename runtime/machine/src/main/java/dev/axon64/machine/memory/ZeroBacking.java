package dev.axon64.machine.memory;

/** Zeroes that each space copies when it writes. */
final class ZeroBacking extends Backing {
  static final ZeroBacking ONLY = new ZeroBacking();

  private ZeroBacking() {}

  @Override
  public Kind kind() {
    return Kind.ZEROES;
  }

  @Override
  public boolean original(long offset, byte[] page) {
    return true;
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    return touch.store().zero();
  }
}
