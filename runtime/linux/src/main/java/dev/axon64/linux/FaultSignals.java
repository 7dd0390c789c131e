package dev.axon64.linux;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.TrapKind;
import java.util.function.Consumer;

/** Makes signals of what instructions must not do. */
final class FaultSignals {
  /** ESR_EL1 of a data abort because of alignment. */
  private static final long ALIGNMENT_SYNDROME = 0x92000021L;

  /** ESR_EL1 of an instruction that is not aligned. */
  private static final long PC_ALIGNMENT_SYNDROME = 0x8a000000L;

  /** What ESR_EL1 keeps of faults at addresses that are the kernel's. */
  private static final long OF_KERNEL_ADDRESS = 0xfe000140L;

  private static final long TRANSLATION_LEVEL_0 = 4;
  private static final long LEVEL = 0x3f;

  /** The bit of ESR_EL1 that says that the access was a write. */
  private static final long WRITES = 0x40;

  private final Kernel kernel;
  private final Consumer<String> lines;
  private String last = "";

  FaultSignals(Kernel kernel, Consumer<String> lines) {
    this.kernel = kernel;
    this.lines = lines;
  }

  /** What is to be said of the last fault. */
  String detail() {
    return last;
  }

  /** A trap that an instruction raises. */
  void trap(Task task, Stop.Trap trap) {
    long pc = task.cpu.pc;
    String detail = "%s 0x%x".formatted(trap.kind(), trap.argument());
    if (trap.kind().equals(TrapKind.BRK)) {
      raise(task, Signals.SIGTRAP, 1, pc, 0, detail);
    } else if (trap.kind().equals(TrapKind.ALIGNMENT)) {
      boolean ofPc = trap.argument() == pc && (pc & 3) != 0;
      raise(
          task,
          Signals.SIGBUS,
          1,
          trap.argument(),
          ofPc ? PC_ALIGNMENT_SYNDROME : ALIGNMENT_SYNDROME | (stores(task) ? WRITES : 0),
          detail);
      if (ofPc) {
        task.faultAddress = 0; // which the kernel tells of data only
      }
    } else if (trap.kind().equals(TrapKind.DISABLED)) {
      // As a kernel for processors without FP and SIMD delivers it.
      detail = "no kernel of the model executes the instruction %08x".formatted(trap.argument());
      raise(task, Signals.SIGILL, 1, pc, 0, detail);
    } else {
      raise(task, Signals.SIGILL, 1, pc, 0, detail);
    }
  }

  /**
   * Sends the signal of a fault.
   *
   * @param syndrome as ESR_EL1 has it; 0 for none
   * @param detail for a report of it
   */
  void raise(Task task, int signal, int code, long address, long syndrome, String detail) {
    last = detail;
    task.faultAddress = SigInfo.untagged(address);
    task.faultSyndrome = syndrome;
    kernel.signals.force(task, SigInfo.fault(signal, code, address));
  }

  /**
   * Whether the instruction that a thread is at stores without loading, among those that need
   * aligned addresses: STXR, STLR, STLUR and their kin, not CAS.
   */
  private static boolean stores(Task task) {
    int word;
    try {
      word = task.cpu.memory.fetch(task.cpu.pc);
    } catch (MemoryFault e) {
      return false;
    }
    boolean exclusive = (word & 0x3f400000) == 0x08000000;
    boolean compares = (word & 0x00200000) != 0 && ((word & 0x00800000) != 0 || word >= 0);
    return exclusive && !compares || (word & 0x3fe00c00) == 0x19000000;
  }

  /** An access that the guest must not make. */
  void memory(Task task, MemoryFault fault) {
    String detail = fault.getMessage();
    // ESR_EL1: data or instruction abort from EL0, write, translation or permission fault
    long level = fault.reason == MemoryFault.Reason.FORBIDDEN ? 0x0f : 0x07;
    long syndrome =
        switch (fault.access) {
          case READ -> 0x92000000L | level;
          case WRITE -> 0x92000040L | level;
          case EXECUTE -> 0x82000000L | level;
        };
    long place = SigInfo.untagged(fault.address);
    if (place >= AddressSpace.END) {
      syndrome = syndrome & ~LEVEL | TRANSLATION_LEVEL_0; // no table has such addresses
    } else if (place < 0) {
      // Nobody learns how the kernel's addresses are mapped.
      syndrome = syndrome & OF_KERNEL_ADDRESS | TRANSLATION_LEVEL_0;
    }
    switch (fault.reason) {
      case UNMAPPED -> raise(task, Signals.SIGSEGV, 1, fault.address, syndrome, detail);
      case FORBIDDEN -> raise(task, Signals.SIGSEGV, 2, fault.address, syndrome, detail);
      case BEYOND_FILE -> raise(task, Signals.SIGBUS, 2, fault.address, syndrome, detail);
      case EXHAUSTED -> {
        lines.accept(
            "%s[%d]: killed, all processes together need more than %d bytes of memory"
                .formatted(task.name, task.id, kernel.limits.memory()));
        kernel.end.process(task.process, Signals.SIGKILL);
      }
    }
  }
}
