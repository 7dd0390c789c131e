package dev.axon64.system.device;

import java.util.function.IntSupplier;

/** The registers by which a processor takes its interrupts. */
public final class GicCpuInterface implements Device {
  private static final int IDENTITY = 0x0202_043b;
  private static final int SPLIT_END = 1 << 9;
  private static final int NUMBER = 0x3ff;

  private final Gic gic;
  private final IntSupplier processor;
  private final int[][] kept;

  /**
   * @param processor the one that is accessing
   */
  public GicCpuInterface(Gic gic, IntSupplier processor) {
    this.gic = gic;
    this.processor = processor;
    this.kept = new int[gic.processors()][8];
  }

  @Override
  public long load(long offset, int size) {
    int of = processor.getAsInt();
    return switch ((int) offset & -4) {
      case 0x00 -> gic.control[of];
      case 0x04 -> gic.mask[of];
      case 0x08, 0x1c -> gic.binaryPoint[of];
      case 0x0c, 0x20 -> gic.acknowledge(of);
      case 0x14 -> Math.min(gic.runningPriority(of), 0xff);
      case 0x18, 0x28 -> gic.highest(of);
      case 0xd0, 0xd4, 0xd8, 0xdc, 0xe0, 0xe4, 0xe8, 0xec -> kept[of][(int) offset >> 2 & 7];
      case 0xfc -> IDENTITY;
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    int of = processor.getAsInt();
    int given = (int) value;
    switch ((int) offset & -4) {
      case 0x00 -> gic.control[of] = given & (SPLIT_END | 0x1f);
      case 0x04 -> gic.mask[of] = given & 0xff;
      case 0x08, 0x1c -> gic.binaryPoint[of] = given & 7;
      case 0x10, 0x24 -> gic.end(of, given & NUMBER, (gic.control[of] & SPLIT_END) == 0);
      case 0xd0, 0xd4, 0xd8, 0xdc, 0xe0, 0xe4, 0xe8, 0xec ->
          kept[of][(int) offset >> 2 & 7] = given;
      case 0x1000 -> deactivate(of, given & NUMBER);
      default -> {
        // read only, or nothing there
      }
    }
  }

  private void deactivate(int of, int interrupt) {
    if (interrupt < Gic.INTERRUPTS) {
      gic.isActive[gic.owner(of, interrupt)][interrupt] = false;
    }
  }
}
