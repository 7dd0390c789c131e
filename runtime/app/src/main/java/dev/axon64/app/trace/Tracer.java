package dev.axon64.app.trace;

import com.google.gson.Gson;
import dev.axon64.app.options.AddressOptions;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.StepObserver;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes one line for each instruction that a filter lets through. */
final class Tracer implements Observation {
  /**
   * Which instructions are written.
   *
   * @param kernels names; empty for all
   * @param mnemonics empty for all
   * @param addresses where they stand
   * @param skip how many of those that match are left out first
   * @param count how many are written at most
   */
  record Filter(
      List<String> kernels,
      List<Pattern> mnemonics,
      AddressOptions.Range addresses,
      long skip,
      long count) {
    boolean accepts(long pc, String kernel, String text) {
      return addresses.contains(pc)
          && (kernels.isEmpty() || kernels.contains(kernel))
          && (mnemonics.isEmpty()
              || mnemonics.stream()
                  .anyMatch(pattern -> pattern.matcher(text.split(" ", 2)[0]).matches()));
    }
  }

  private final List<String> kernels;
  private final Filter filter;
  private final boolean json;
  private final PrintWriter out;
  private final Disassembler disassembler = new Disassembler(InstructionSpec.a64());
  private final Gson gson = new Gson();
  private long matched;
  private int processes;

  /**
   * @param kernels names by the network's outputs
   */
  Tracer(List<String> kernels, Filter filter, boolean json, PrintWriter out) {
    this.kernels = kernels;
    this.filter = filter;
    this.json = json;
    this.out = out;
  }

  /** An observer for one memory; they are numbered as they come. */
  @Override
  public StepObserver observer() {
    return new Observer(processes++);
  }

  @Override
  public void end(ExitStatus status) {
    out.flush();
  }

  private final class Observer implements StepObserver {
    private final int process;
    private final CpuState last = new CpuState();

    Observer(int process) {
      this.process = process;
    }

    @Override
    public boolean before(CpuState cpu, int word, int kernel) {
      last.assign(cpu);
      return true;
    }

    @Override
    public void after(CpuState cpu, long pc, int word, int kernel) {
      if (matched - filter.skip >= filter.count) {
        return;
      }
      String text = disassembler.text(word, pc);
      String name = kernels.get(kernel);
      if (!filter.accepts(pc, name, text) || matched++ < filter.skip) {
        return;
      }
      Map<String, String> changes = changes(cpu);
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("process", process);
        line.put("pc", "0x" + Long.toHexString(pc));
        line.put("word", "%08x".formatted(word));
        line.put("kernel", name);
        line.put("text", text);
        line.put("changes", changes);
        out.println(gson.toJson(line));
      } else {
        StringBuilder line = new StringBuilder();
        line.append("%d %12x  %08x  %-12s  %-40s".formatted(process, pc, word, name, text));
        changes.forEach(
            (register, value) -> line.append(' ').append(register).append('=').append(value));
        out.println(line.toString().stripTrailing());
      }
    }

    /** What registers hold now that held something else, by what a trace calls them. */
    private Map<String, String> changes(CpuState cpu) {
      Map<String, String> changes = new LinkedHashMap<>();
      for (Register register : Registers.ALL) {
        for (int i = 0; i < register.count() && !register.trace().isEmpty(); i++) {
          if (changed(cpu, register, i)) {
            String name = register.trace() + (register.count() == 1 ? "" : i);
            changes.put(name, shown(cpu, register, i));
          }
        }
      }
      return changes;
    }

    private boolean changed(CpuState cpu, Register register, int index) {
      int slot = register.first() + index * register.slotsEach();
      return IntStream.range(slot, slot + register.slotsEach())
          .anyMatch(i -> cpu.get(i) != last.get(i));
    }

    private static String shown(CpuState cpu, Register register, int index) {
      if (!register.letter().isEmpty()) {
        return Registers.ALL.stream()
            .filter(bit -> bit.trace().equals(register.trace()))
            .map(bit -> cpu.get(bit.first()) != 0 ? bit.letter() : "-")
            .collect(Collectors.joining());
      }
      int slot = register.first() + index * register.slotsEach();
      return register.slotsEach() == 1
          ? Long.toHexString(cpu.get(slot))
          : "%016x%016x".formatted(cpu.get(slot + 1), cpu.get(slot));
    }
  }
}
