package dev.axon64.emulator;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.machine.engine.Probes;
import dev.axon64.machine.memory.AccessListener;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Calls the hooks of an emulator for memory, one time for both halves of 128 bits. */
final class AccessHooks implements AccessListener {
  private static final int HALF = 8;

  /** Loads and stores of Q registers, and of structures in whole vectors. */
  private static final Pattern WIDE =
      Pattern.compile("\\w+ q\\d.*|(ld|st)[1-4] \\{ ?v\\d+\\.(16b|8h|4s|2d).*");

  private final Emulator emulator;
  private final Observation observation;
  private final RunControl control;
  private final Access access = new Access();
  private final Map<Integer, Boolean> wide = new HashMap<>();
  private Disassembler instructions;
  private boolean inHook;

  /** The low half of an access of 128 bits, and the instruction that made it. */
  private boolean pending;

  private boolean pendingWrite;
  private long pendingAddress;
  private long pendingValue;
  private long pendingPc;

  AccessHooks(Emulator emulator, Observation observation, RunControl control) {
    this.emulator = emulator;
    this.observation = observation;
    this.control = control;
  }

  @Override
  public boolean watches(long page) {
    return observation.watches(page);
  }

  /** Told when the value is known, by {@link #loaded}. */
  @Override
  public void read(long address, int size) {
    stepAside(address, size, MemoryFault.Access.READ);
  }

  private void stepAside(long tagged, int size, MemoryFault.Access access) {
    long address = emulator.memory().untagged(tagged);
    if (observation.mustStepAside(address, address + size - 1)) {
      throw new MemoryFault(tagged, access, MemoryFault.Reason.ASIDE);
    }
  }

  @Override
  public void loaded(long address, int size, long value) {
    seen(false, address, size, value);
  }

  @Override
  public void write(long address, int size, long value) {
    stepAside(address, size, MemoryFault.Access.WRITE);
    seen(true, address, size, value);
  }

  private void seen(boolean write, long address, int size, long value) {
    if (inHook || observation.isHidden()) {
      return; // the hook's own, or one that no hook wants to know of
    }
    CpuState cpu = emulator.cpu();
    if (pending
        && pendingWrite == write
        && pendingPc == cpu.pc
        && address == pendingAddress + HALF
        && size == HALF) {
      pending = false;
      tell(write, pendingAddress, 2 * HALF, pendingValue, value);
      return;
    }
    pending = size == HALF && isNearHook(address) && isWide(cpu);
    if (pending) {
      pendingWrite = write;
      pendingAddress = address;
      pendingValue = value;
      pendingPc = cpu.pc;
      return;
    }
    tell(write, address, size, value, 0);
  }

  /** Whether a half, or what may be its other half, is a hook's; elsewhere not all are heard. */
  private boolean isNearHook(long tagged) {
    long address = emulator.memory().untagged(tagged);
    return observation.accesses.meet(address - HALF, address + 2 * HALF - 1);
  }

  private boolean isWide(CpuState cpu) {
    return wide.computeIfAbsent(cpu.memory.fetch(cpu.pc), this::accesses128);
  }

  /** Whether an instruction accesses 128 bits at once, which the spec has as two halves. */
  private boolean accesses128(int word) {
    if (instructions == null) {
      instructions = new Disassembler(InstructionSpec.a64());
    }
    return WIDE.matcher(instructions.text(word, 0)).matches();
  }

  private void tell(boolean write, long tagged, int size, long low, long high) {
    long address = emulator.memory().untagged(tagged);
    inHook = true;
    emulator.accesses();
    try {
      observation.accesses.call(
          address,
          address + size - 1,
          hook -> {
            access.set(write, address, size, low, high);
            hook.access(emulator, access);
          });
      emulator.cpu().x[CpuState.ZERO] = 0;
      control.look();
    } catch (MemoryFault e) {
      throw new Probes.Failure(e); // the hook's, not the guest's
    } finally {
      inHook = false;
    }
  }
}
