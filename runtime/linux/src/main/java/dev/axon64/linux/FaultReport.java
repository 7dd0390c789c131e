package dev.axon64.linux;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.List;

/** Reports a fault that has ended a guest: what happened, where, and with which registers. */
final class FaultReport {
  private static final int MOST_FRAMES = 32;

  private final Disassembler disassembler;

  FaultReport(Disassembler disassembler) {
    this.disassembler = disassembler;
  }

  /** The lines of the report: what happened, where, the registers, the callers. */
  List<String> lines(Task task, SigInfo info, String detail) {
    List<String> lines = new ArrayList<>();
    CpuState cpu = task.cpu;
    lines.add("%s[%d]: %s, %s".formatted(task.name, task.id, Signals.name(info.signal()), detail));
    lines.add("  at " + place(cpu.memory, cpu.pc) + instruction(cpu));
    for (int row = 0; row < 32; row += 4) {
      StringBuilder line = new StringBuilder(" ");
      for (int i = row; i < row + 4; i++) {
        long value = i == 31 ? cpu.x[CpuState.SP] : cpu.x[i];
        line.append(" %3s %016x".formatted(i == 31 ? "sp" : "x" + i, value));
      }
      lines.add(line.toString());
    }
    lines.add("   pc %016x  nzcv %d%d%d%d".formatted(cpu.pc, cpu.fn, cpu.fz, cpu.fc, cpu.fv));
    backtrace(cpu, lines);
    return lines;
  }

  private String instruction(CpuState cpu) {
    try {
      int word = cpu.memory.fetch(cpu.pc);
      return ": %08x  %s".formatted(word, disassembler.text(word, cpu.pc));
    } catch (MemoryFault e) {
      return "";
    }
  }

  private static String place(AddressSpace memory, long address) {
    Mapping mapping = memory.mappingAt(address);
    String where =
        mapping == null || mapping.name().isEmpty()
            ? ""
            : " (%s+0x%x)".formatted(mapping.name(), address - mapping.start() + mapping.offset());
    return "0x" + Long.toHexString(address) + where;
  }

  /** Follows the frame records: X29 points to the caller's X29 and the return address. */
  private static void backtrace(CpuState cpu, List<String> lines) {
    lines.add("  called from " + place(cpu.memory, cpu.x[30]) + " (x30)");
    long frame = cpu.x[29];
    try {
      for (int i = 0; i < MOST_FRAMES && frame != 0; i++) {
        long next = cpu.memory.load64(frame);
        long back = cpu.memory.load64(frame + 8);
        lines.add("  frame %016x: %s".formatted(frame, place(cpu.memory, back)));
        if (Long.compareUnsigned(next, frame) <= 0) {
          break;
        }
        frame = next;
      }
    } catch (MemoryFault e) {
      lines.add("  no frame at 0x" + Long.toHexString(frame));
    }
  }
}
