package dev.axon64.bench.fuzz;

import dev.axon64.emulator.Axon64;
import dev.axon64.emulator.Elf;
import dev.axon64.emulator.Emulator;
import dev.axon64.emulator.FunctionCall;
import dev.axon64.emulator.fuzz.CoverageMap;
import dev.axon64.machine.memory.AddressSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A guest's function that is called again and again from the same registers: {@code hash} of {@code
 * runtime/guests/fuzz/hash.c}. Stack and input share the one page that it may write.
 */
abstract class Subject implements AutoCloseable {
  static final long PAGE = 0x6000_0000L;
  static final long RETURN = FunctionCall.RETURN;

  /** Inputs end where the page ends. */
  private static final long END = PAGE + AddressSpace.PAGE;

  final long function;
  final CoverageMap coverage = new CoverageMap();

  /** What both emulators begin with. */
  final Emulator start;

  Subject() {
    int all = AddressSpace.READ | AddressSpace.WRITE;
    start = Axon64.emulator().build().map(PAGE, AddressSpace.PAGE, all).sp(PAGE + 0x400);
    try (InputStream in = Subject.class.getResourceAsStream("/dev/axon64/guests/fuzz/hash.o")) {
      function = Elf.parse(in.readAllBytes(), "hash.o").loadInto(start).address("hash");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes one for a case. */
  static Subject of(FuzzCase of) {
    return of.emulator() == FuzzCase.Emulator.AXON64
        ? new Axon64Subject(of.covered(), of.page())
        : new UnicornSubject(of.covered(), of.page());
  }

  /** Where an input goes. */
  static long room(byte[] input) {
    return END - input.length;
  }

  /**
   * Resets everything, and calls the function.
   *
   * @return its result
   * @throws IllegalStateException if it does not return
   */
  abstract long call(byte[] input);

  /** Frees what is not Java's. */
  @Override
  public void close() {}
}
