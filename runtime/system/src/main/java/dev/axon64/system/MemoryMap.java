package dev.axon64.system;

/** Where things are: as on QEMU's machine {@code virt}. */
public final class MemoryMap {
  public static final long GIC_DISTRIBUTOR = 0x0800_0000L;
  public static final long GIC_CPU_INTERFACE = 0x0801_0000L;
  public static final long GIC_SIZE = 0x1_0000;
  public static final long UART = 0x0900_0000L;
  public static final long RTC = 0x0901_0000L;
  public static final long DEVICE_SIZE = 0x1000;
  public static final long VIRTIO = 0x0a00_0000L;
  public static final long VIRTIO_SIZE = 0x200;
  public static final int VIRTIO_SLOTS = 32;
  public static final long MEMORY = 0x4000_0000L;

  /** Interrupts that processors share, counted from 0. */
  public static final int UART_INTERRUPT = 1;

  public static final int RTC_INTERRUPT = 2;
  public static final int VIRTIO_INTERRUPT = 16;

  private MemoryMap() {}
}
