package dev.axon64.system.tree;

import dev.axon64.system.MemoryMap;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Describes a machine to an operating system.
 *
 * @param memory bytes of memory
 * @param processors how many there are
 * @param command the kernel's command line
 * @param initial where the initial file system lies
 * @param virtio the slots that have devices, lowest first
 */
public record MachineTree(
    long memory, int processors, String command, Optional<Range> initial, int virtio) {
  private static final int GIC = 1;
  private static final int CLOCK = 2;
  private static final int SHARED = 0;
  private static final int OWN = 1;
  private static final int HIGH = 4;
  private static final int EDGE = 1;

  /** What the kernel's random numbers begin with; always the same, so that boots are. */
  private static final long SEED = 64;

  private static final int SEED_SIZE = 8;
  private static final long CLOCK_RATE = 24_000_000;

  /** A range of physical addresses. */
  public record Range(long start, long end) {}

  /** The flattened tree. */
  public byte[] blob() {
    FlatTree tree = new FlatTree();
    tree.cells("#address-cells", 2).cells("#size-cells", 2).cells("interrupt-parent", GIC);
    tree.text("compatible", "axon64,virt", "linux,dummy-virt").text("model", "axon64");
    chosen(tree);
    tree.begin("memory@" + hex(MemoryMap.MEMORY)).text("device_type", "memory");
    tree.wide("reg", MemoryMap.MEMORY, memory).end();
    cpus(tree);
    tree.begin("psci").text("compatible", "arm,psci-1.0", "arm,psci-0.2");
    tree.text("method", "hvc").end();
    tree.begin("timer").text("compatible", "arm,armv8-timer").flag("always-on");
    int flags = (1 << processors) - 1 << 8 | HIGH;
    tree.cells("interrupts", OWN, 13, flags, OWN, 14, flags, OWN, 11, flags, OWN, 10, flags).end();
    gic(tree);
    tree.begin("apb-pclk").text("compatible", "fixed-clock").cells("#clock-cells", 0);
    tree.cells("clock-frequency", CLOCK_RATE).text("clock-output-names", "clk24mhz");
    tree.cells("phandle", CLOCK).end();
    uart(tree);
    rtc(tree);
    for (int slot = 0; slot < virtio; slot++) {
      virtio(tree, slot);
    }
    return tree.blob();
  }

  private static String hex(long address) {
    return Long.toHexString(address);
  }

  private void chosen(FlatTree tree) {
    tree.begin("chosen").text("stdout-path", "/pl011@" + hex(MemoryMap.UART));
    if (!command.isEmpty()) {
      tree.text("bootargs", command);
    }
    tree.wide("rng-seed", new SplittableRandom(SEED).longs(SEED_SIZE).toArray());
    initial.ifPresent(
        range ->
            tree.wide("linux,initrd-start", range.start()).wide("linux,initrd-end", range.end()));
    tree.end();
  }

  private void cpus(FlatTree tree) {
    tree.begin("cpus").cells("#address-cells", 1).cells("#size-cells", 0);
    for (int i = 0; i < processors; i++) {
      tree.begin("cpu@" + i).text("device_type", "cpu").text("compatible", "arm,cortex-a53");
      if (processors > 1) {
        tree.text("enable-method", "psci");
      }
      tree.cells("reg", i).end();
    }
    tree.end();
  }

  private static void gic(FlatTree tree) {
    tree.begin("intc@" + hex(MemoryMap.GIC_DISTRIBUTOR));
    tree.text("compatible", "arm,cortex-a15-gic").flag("interrupt-controller");
    tree.cells("#interrupt-cells", 3).cells("#address-cells", 2).cells("#size-cells", 2);
    tree.wide(
        "reg",
        MemoryMap.GIC_DISTRIBUTOR,
        MemoryMap.GIC_SIZE,
        MemoryMap.GIC_CPU_INTERFACE,
        MemoryMap.GIC_SIZE);
    tree.cells("phandle", GIC).end();
  }

  private static void uart(FlatTree tree) {
    tree.begin("pl011@" + hex(MemoryMap.UART)).text("compatible", "arm,pl011", "arm,primecell");
    tree.wide("reg", MemoryMap.UART, MemoryMap.DEVICE_SIZE);
    tree.cells("interrupts", SHARED, MemoryMap.UART_INTERRUPT, HIGH);
    tree.text("clock-names", "uartclk", "apb_pclk").cells("clocks", CLOCK, CLOCK).end();
  }

  private static void rtc(FlatTree tree) {
    tree.begin("pl031@" + hex(MemoryMap.RTC)).text("compatible", "arm,pl031", "arm,primecell");
    tree.wide("reg", MemoryMap.RTC, MemoryMap.DEVICE_SIZE);
    tree.cells("interrupts", SHARED, MemoryMap.RTC_INTERRUPT, HIGH);
    tree.text("clock-names", "apb_pclk").cells("clocks", CLOCK).end();
  }

  private static void virtio(FlatTree tree, int slot) {
    long address = MemoryMap.VIRTIO + slot * MemoryMap.VIRTIO_SIZE;
    tree.begin("virtio_mmio@" + hex(address)).text("compatible", "virtio,mmio");
    tree.wide("reg", address, MemoryMap.VIRTIO_SIZE);
    tree.cells("interrupts", SHARED, MemoryMap.VIRTIO_INTERRUPT + slot, EDGE);
    tree.flag("dma-coherent").end();
  }
}
