package dev.axon64.system.boot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.Machine;
import dev.axon64.system.tree.MachineTree;
import java.util.Optional;

/** Puts a Linux kernel and what it needs into a machine's memory, and starts it. */
public final class LinuxBoot {
  private static final long ALIGNMENT = 1L << 21;
  private static final long PAGE = 1L << 12;

  private final Machine machine;
  private final PhysicalMemory memory;

  /** Boots this machine. */
  public LinuxBoot(Machine machine) {
    this.machine = machine;
    this.memory = machine.memory();
  }

  /**
   * Starts a kernel.
   *
   * @param initial the initial file system
   * @param command the kernel's command line
   * @param tree a flattened device tree instead of the machine's own
   * @throws InputException if there is too little memory
   */
  public void start(
      KernelImage kernel, Optional<byte[]> initial, String command, Optional<byte[]> tree) {
    long at = memory.base() + kernel.offset();
    long after = up(at + kernel.size(), ALIGNMENT);
    place(at, kernel.bytes(), "the kernel", kernel.size());
    Optional<MachineTree.Range> range = Optional.empty();
    if (initial.isPresent()) {
      byte[] bytes = initial.get();
      place(after, bytes, "the initial file system", bytes.length);
      range = Optional.of(new MachineTree.Range(after, after + bytes.length));
      after = up(after + bytes.length, PAGE);
    }
    Optional<MachineTree.Range> files = range;
    byte[] blob =
        tree.orElseGet(
            () ->
                new MachineTree(
                        memory.size(), machine.processors(), command, files, machine.virtioSlots())
                    .blob());
    after = up(after, ALIGNMENT);
    place(after, blob, "the device tree", blob.length);
    machine.start(at, after);
  }

  private static long up(long address, long alignment) {
    return address + alignment - 1 & -alignment;
  }

  private void place(long at, byte[] bytes, String what, long size) {
    if (!memory.contains(at, size)) {
      throw new InputException(
          "memory",
          "%s needs %,d bytes at 0x%x, but memory ends at 0x%x; give the machine more"
              .formatted(what, size, at, memory.base() + memory.size()));
    }
    memory.write(at, bytes, 0, bytes.length);
  }
}
