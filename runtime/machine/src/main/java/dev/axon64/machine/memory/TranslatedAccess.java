package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;

/** Accesses of translated addresses, which may be those of devices. */
final class TranslatedAccess extends UncachedAccess {
  private final TranslatedPages pages;
  private final Devices devices;

  /** Whether devices may be accessed; if not, an access of one faults. */
  private boolean open;

  TranslatedAccess(TranslatedPages pages, Devices devices) {
    super(pages);
    this.pages = pages;
    this.devices = devices;
  }

  void open(boolean opened) {
    open = opened;
  }

  @Override
  long load(long a, int size) {
    if (open) {
      long physical = device(a, size, Access.READ);
      if (physical != MEMORY) {
        return devices.load(physical, size);
      }
    }
    return super.load(a, size);
  }

  @Override
  void store(long a, int size, long value) {
    if (open) {
      long physical = device(a, size, Access.WRITE);
      if (physical != MEMORY) {
        devices.store(physical, size, value & -1L >>> Long.SIZE - 8 * size);
        return;
      }
    }
    super.store(a, size, value);
  }

  private static final long MEMORY = -1;

  /** The physical address of a device's register, or that it is none. */
  private long device(long a, int size, Access access) {
    long physical = pages.translation.translate(a, access);
    if (pages.isMemory(physical) || !devices.answers(physical)) {
      return MEMORY;
    }
    if ((a & size - 1) != 0) {
      throw new MemoryFault(a, access, Reason.MISALIGNED);
    }
    return physical;
  }
}
