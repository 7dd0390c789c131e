package dev.axon64.system.mmu;

import dev.axon64.machine.memory.Devices;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.machine.memory.TranslatedSpace;
import dev.axon64.system.device.State;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The memory management of one processor: what EL0 and EL1 see at their addresses. Each has a TLB
 * of pages of 4 KiB, which holds translations of the current address space only.
 */
public final class Mmu implements State.Of {
  private static final int PAGE_SHIFT = 12;
  private static final int REGION_SHIFT = 21;

  private final TranslationRegisters registers = new TranslationRegisters();
  private final TableWalk walk;
  private final TranslatedSpace[] spaces;

  /** Regions of 2 MiB of which pages are remembered that belong to larger blocks. */
  private final Set<Long> blocks = new HashSet<>();

  /** Whether pages of still larger blocks are remembered. */
  private boolean huge;

  /** Whether translations of one address space are remembered in the upper half. */
  private boolean ownUpper;

  /** Begins with translation off. */
  public Mmu(PhysicalMemory memory, Devices devices) {
    walk = new TableWalk(memory, registers);
    spaces =
        new TranslatedSpace[] {
          new TranslatedSpace(memory, (address, access) -> found(address, access, false), devices),
          new TranslatedSpace(memory, (address, access) -> found(address, access, true), devices),
          new TranslatedSpace(
              memory,
              (address, access) -> found(address, access, access == Access.EXECUTE),
              devices)
        };
  }

  @Override
  public void state(State state) throws IOException {
    registers.control = state.value(registers.control);
    registers.translation = state.value(registers.translation);
    state.values(registers.base);
    forgetAll();
  }

  /** The code of EL1 with the data of EL0. */
  public TranslatedSpace unprivileged() {
    return spaces[2];
  }

  /** What an exception level sees: 0 or 1. */
  public TranslatedSpace space(int level) {
    return spaces[level];
  }

  /** The registers, for those who read them; the methods that begin with set change them. */
  public TranslationRegisters registers() {
    return registers;
  }

  private long found(long address, Access access, boolean privileged) {
    if (!walk.walk(address, access, privileged)) {
      throw new MemoryFault(address, access, Reason.UNMAPPED);
    }
    if (walk.block() > PAGE_SHIFT) {
      if (walk.block() > REGION_SHIFT) {
        huge = true;
      } else {
        blocks.add(region(address));
      }
    }
    ownUpper |= !walk.isGlobal() && address < 0;
    return walk.physical();
  }

  /** The number of an address's region, without its top byte. */
  private static long region(long address) {
    return address << 8 >>> 8 + REGION_SHIFT;
  }

  /** Translates addresses without remembering what it finds. */
  public TableWalk walk() {
    return walk;
  }

  /** Changes SCTLR_EL1. */
  public void setControl(long value) {
    boolean changes = registers.control != value;
    registers.control = value;
    if (changes) {
      forgetAll();
    }
  }

  /** Changes TCR_EL1. */
  public void setTranslation(long value) {
    boolean changes = registers.translation != value;
    registers.translation = value;
    if (changes) {
      forgetAll();
    }
  }

  /** Changes TTBR0_EL1 or TTBR1_EL1. */
  public void setBase(int half, long value) {
    int before = registers.asid();
    boolean changes = registers.base[half] != value;
    registers.base[half] = value;
    if (!changes) {
      return;
    }
    if (half == 1 || ownUpper && registers.asid() != before) {
      forgetAll();
    } else {
      for (TranslatedSpace space : spaces) {
        space.forgetLowerHalf();
      }
    }
  }

  /** Forgets all translations. */
  public void forgetAll() {
    for (TranslatedSpace space : spaces) {
      space.forgetAll();
    }
    blocks.clear();
    huge = false;
    ownUpper = false;
  }

  /** Forgets what is remembered of an address space; only the current one is remembered. */
  public void forgetSpace(int asid) {
    if (asid != registers.asid()) {
      return;
    }
    if (ownUpper) {
      forgetAll();
    } else {
      for (TranslatedSpace space : spaces) {
        space.forgetLowerHalf();
      }
    }
  }

  /** Forgets the translation of an address, in whatever address space. */
  public void forget(long address) {
    if (huge) {
      forgetAll();
      return;
    }
    boolean ofBlock = !blocks.isEmpty() && blocks.remove(region(address));
    for (TranslatedSpace space : spaces) {
      if (ofBlock) {
        long region = address & -1L << REGION_SHIFT;
        for (int i = 0; i < 1 << REGION_SHIFT - PAGE_SHIFT; i++) {
          space.forget(region + ((long) i << PAGE_SHIFT));
        }
      } else {
        space.forget(address);
      }
    }
  }
}
