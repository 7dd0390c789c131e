package dev.axon64.machine.lockstep;

import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what differs between two trials, a line for each difference. */
final class Comparison {
  private static final int MOST = 40;

  private final Trial expected;
  private final Trial actual;
  private final List<String> differences = new ArrayList<>();

  private Comparison(Trial expected, Trial actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** What differs, at most forty lines of it. */
  static List<String> of(Trial expected, Trial actual) {
    Comparison comparison = new Comparison(expected, actual);
    comparison.ends();
    comparison.registers();
    comparison.memory();
    return comparison.differences;
  }

  private void ends() {
    if (expected.executed() != actual.executed()) {
      add("the number of instructions", actual.executed(), expected.executed());
    }
    if (!text(expected.stop()).equals(text(actual.stop()))) {
      add("the stop", text(actual.stop()), text(expected.stop()));
    }
  }

  private static String text(Stop stop) {
    return stop instanceof Stop.Fault fault
        ? "%s, address %x".formatted(fault.fault().getMessage(), fault.fault().address)
        : stop.toString();
  }

  private void registers() {
    CpuState wanted = expected.cpu();
    CpuState found = actual.cpu();
    if (wanted.pc != found.pc) {
      addHex("the pc", found.pc, wanted.pc);
    }
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      if (wanted.get(slot) != found.get(slot)) {
        addHex(Register.at(slot).slotName(slot), found.get(slot), wanted.get(slot));
      }
    }
  }

  private void memory() {
    Set<Long> pages = new TreeSet<>();
    expected.cpu().memory.forEachTouched(0, AddressSpace.END, pages::add);
    actual.cpu().memory.forEachTouched(0, AddressSpace.END, pages::add);
    for (long page : pages) {
      byte[] wanted = expected.page(page);
      byte[] found = actual.page(page);
      if (wanted != found) {
        page(page, bytes(expected, page, wanted), bytes(actual, page, found));
      }
    }
  }

  /** A page that one trial has not touched is still what its mapping says. */
  private static byte[] bytes(Trial trial, long page, byte[] touched) {
    if (touched != null) {
      return touched;
    }
    try {
      return trial.cpu().memory.read(page, AddressSpace.PAGE);
    } catch (MemoryFault unreadable) {
      return new byte[AddressSpace.PAGE];
    }
  }

  private void page(long page, byte[] wanted, byte[] found) {
    int at = Arrays.mismatch(wanted, found);
    while (at >= 0 && differences.size() < MOST) {
      addHex("the byte at %x".formatted(page + at), found[at] & 0xff, wanted[at] & 0xff);
      int next = Arrays.mismatch(wanted, at + 1, wanted.length, found, at + 1, found.length);
      at = next < 0 ? -1 : at + 1 + next;
    }
  }

  private void addHex(String what, long is, long shouldBe) {
    add(what, Long.toHexString(is), Long.toHexString(shouldBe));
  }

  private void add(String what, Object is, Object shouldBe) {
    if (differences.size() < MOST) {
      differences.add("%s is %s instead of %s".formatted(what, is, shouldBe));
    }
  }
}
