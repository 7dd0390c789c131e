package dev.axon64.system.device;

import java.util.function.IntSupplier;

/** The registers by which interrupts are enabled, prioritized and sent to processors. */
public final class GicDistributor implements Device {
  private static final int PART = 0x390;
  private static final int ARCHITECTURE = 0x20;
  private static final int SOFTWARE = 16;

  private final Gic gic;
  private final IntSupplier processor;

  /**
   * @param processor the one that is accessing
   */
  public GicDistributor(Gic gic, IntSupplier processor) {
    this.gic = gic;
    this.processor = processor;
  }

  @Override
  public long load(long offset, int size) {
    long value = 0;
    for (int i = 0; i < size && i < Integer.BYTES; i++) {
      value |= (long) loadByte((int) offset + i) << 8 * i;
    }
    return value;
  }

  private int loadByte(int offset) {
    int bank = offset & 0xf80;
    int bits = 8 * (offset & 0x7f);
    return switch (bank) {
      case 0x000 -> control(offset);
      case 0x080 -> gic.groups[(offset & 0x7f) / 4 % gic.groups.length] >>> 8 * (offset & 3) & 0xff;
      case 0x100, 0x180 -> gather(bits, i -> gic.isEnabled[owner(i)][i]);
      case 0x200, 0x280 -> gather(bits, i -> gic.waits(processor.getAsInt(), i));
      case 0x300, 0x380 -> gather(bits, i -> gic.isActive[owner(i)][i]);
      case 0xc00, 0xc80 -> configuration(4 * (offset - 0xc00));
      case 0xf00, 0xf80 -> last(offset);
      default -> perInterrupt(offset);
    };
  }

  private int control(int offset) {
    int which = offset & -4;
    int value =
        switch (which) {
          case 0x00 -> gic.enabled ? 1 : 0;
          case 0x04 -> Gic.INTERRUPTS / 32 - 1 | gic.processors() - 1 << 5;
          case 0x08 -> 0x43b;
          default -> 0;
        };
    return value >>> 8 * (offset & 3) & 0xff;
  }

  private interface Bit {
    boolean of(int interrupt);
  }

  private static int gather(int first, Bit bit) {
    int value = 0;
    for (int i = 0; i < Byte.SIZE && first + i < Gic.INTERRUPTS; i++) {
      value |= bit.of(first + i) ? 1 << i : 0;
    }
    return value;
  }

  private int configuration(int first) {
    int value = 0;
    for (int i = 0; i < 4 && first + i < Gic.INTERRUPTS; i++) {
      value |= gic.isEdge[first + i] ? 2 << 2 * i : 0;
    }
    return value;
  }

  private int perInterrupt(int offset) {
    int interrupt = offset & 0x3ff;
    if (offset >= 0xc00 || interrupt >= Gic.INTERRUPTS) {
      return 0;
    }
    if (offset < 0x800) {
      return gic.priority[owner(interrupt)][interrupt];
    }
    if (gic.processors() == 1) {
      return 0; // there is nothing to choose
    }
    return interrupt < Gic.SHARED ? 1 << processor.getAsInt() : gic.targets[interrupt];
  }

  private int last(int offset) {
    if (offset >= 0xf10 && offset < 0xf30) {
      return gic.senders[processor.getAsInt()][offset & 0xf];
    }
    if (offset == 0xfe8) {
      return ARCHITECTURE | 0x0b;
    }
    return (offset & 3) == 0 && offset >= 0xfd0 ? (int) PrimeCell.load(offset, PART, 0) : 0;
  }

  private int owner(int interrupt) {
    return gic.owner(processor.getAsInt(), interrupt);
  }

  @Override
  public void store(long offset, int size, long value) {
    if (offset >> 2 == 0xf00 >> 2) {
      send((int) value);
      return;
    }
    for (int i = 0; i < size && i < Integer.BYTES; i++) {
      storeByte((int) offset + i, (int) (value >>> 8 * i) & 0xff);
    }
  }

  private void storeByte(int offset, int value) {
    int first = 8 * (offset & 0x7f);
    switch (offset & 0xf80) {
      case 0x000 -> {
        if (offset == 0) {
          gic.enabled = (value & 3) != 0;
        }
      }
      case 0x080 -> {
        int index = (offset & 0x7f) / 4;
        if (index < gic.groups.length) {
          int shift = 8 * (offset & 3);
          gic.groups[index] = gic.groups[index] & ~(0xff << shift) | value << shift;
        }
      }
      case 0x100 -> each(first, value, i -> gic.isEnabled[owner(i)][i] = true);
      case 0x180 -> each(first, value, this::disable);
      case 0x200 -> each(first, value, i -> setPending(i, true));
      case 0x280 -> each(first, value, i -> setPending(i, false));
      case 0x300 -> each(first, value, i -> gic.isActive[owner(i)][i] = true);
      case 0x380 -> each(first, value, i -> gic.isActive[owner(i)][i] = false);
      case 0xc00, 0xc80 -> configure(4 * (offset - 0xc00), value);
      case 0xf00 -> changeSenders(offset, value);
      default -> storePerInterrupt(offset, value);
    }
  }

  private interface Change {
    void of(int interrupt);
  }

  private static void each(int first, int bits, Change change) {
    for (int i = 0; i < Byte.SIZE && first + i < Gic.INTERRUPTS; i++) {
      if ((bits >>> i & 1) != 0) {
        change.of(first + i);
      }
    }
  }

  private void disable(int interrupt) {
    if (interrupt >= SOFTWARE) {
      gic.isEnabled[owner(interrupt)][interrupt] = false;
    }
  }

  private void setPending(int interrupt, boolean pending) {
    if (interrupt >= SOFTWARE) {
      gic.isPending[owner(interrupt)][interrupt] = pending;
    }
  }

  private void configure(int first, int value) {
    for (int i = 0; i < 4; i++) {
      int interrupt = first + i;
      if (interrupt >= SOFTWARE && interrupt < Gic.INTERRUPTS) {
        gic.isEdge[interrupt] = (value >>> 2 * i & 2) != 0;
      }
    }
  }

  private void storePerInterrupt(int offset, int value) {
    int interrupt = offset & 0x3ff;
    if (offset >= 0xc00 || interrupt >= Gic.INTERRUPTS) {
      return;
    }
    if (offset < 0x800) {
      gic.priority[owner(interrupt)][interrupt] = value & 0xf8;
    } else if (interrupt >= Gic.SHARED && gic.processors() > 1) {
      gic.targets[interrupt] = value & (1 << gic.processors()) - 1;
    }
  }

  private void changeSenders(int offset, int value) {
    int interrupt = offset & 0xf;
    int to = processor.getAsInt();
    if (offset >= 0xf10 && offset < 0xf20) {
      gic.senders[to][interrupt] &= ~value;
    } else if (offset >= 0xf20 && offset < 0xf30) {
      gic.senders[to][interrupt] |= value & (1 << gic.processors()) - 1;
    } else {
      return;
    }
    gic.isPending[to][interrupt] = gic.senders[to][interrupt] != 0;
  }

  private void send(int value) {
    int from = processor.getAsInt();
    int all = (1 << gic.processors()) - 1;
    int receivers =
        switch (value >>> 24 & 3) {
          case 0 -> value >>> 16 & all;
          case 1 -> all & ~(1 << from);
          case 2 -> 1 << from;
          default -> 0;
        };
    gic.send(from, value & 0xf, receivers);
  }
}
