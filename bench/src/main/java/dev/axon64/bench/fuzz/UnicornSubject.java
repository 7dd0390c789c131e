package dev.axon64.bench.fuzz;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.axon64.machine.oracle.UnicornGuest;
import java.lang.foreign.MemorySegment;

/**
 * The function in libunicorn2, by what is fastest there: the library's own context for registers,
 * and memory of this process, which is copied without asking the library.
 */
final class UnicornSubject extends Subject {
  private final boolean covered;
  private final boolean page;
  private final UnicornGuest guest;
  private final MemorySegment bytes;
  private final MemorySegment before;

  /**
   * @param covered whether a hook counts edges between blocks
   * @param page whether memory is reset, too
   */
  UnicornSubject(boolean covered, boolean page) {
    this.covered = covered;
    this.page = page;
    guest = new UnicornGuest(start.cpu());
    bytes = guest.bytes(PAGE);
    before = MemorySegment.ofArray(bytes.toArray(JAVA_BYTE));
    if (covered) {
      guest.onBlock(address -> coverage.block(start, address));
    }
    guest.keepRegisters();
  }

  @Override
  long call(byte[] input) {
    if (covered) {
      coverage.clear();
    }
    if (page) {
      bytes.copyFrom(before);
    }
    guest.restoreRegisters();
    MemorySegment.copy(input, 0, bytes, JAVA_BYTE, room(input) - PAGE, input.length);
    return guest.call(function, room(input), input.length, RETURN);
  }

  @Override
  public void close() {
    guest.close();
  }
}
