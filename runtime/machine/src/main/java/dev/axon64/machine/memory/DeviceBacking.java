package dev.axon64.machine.memory;

/** A device, which all spaces that map it share. */
final class DeviceBacking extends Backing {
  private final Device device;

  DeviceBacking(Device device) {
    this.device = device;
  }

  @Override
  public Kind kind() {
    return Kind.SHARED;
  }

  @Override
  public boolean original(long offset, byte[] page) {
    return false;
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    Page page = new Page(touch.limit().ofFiles(), true);
    page.placeDevice(device, offset);
    return page;
  }

  @Override
  boolean isShared() {
    return true;
  }
}
