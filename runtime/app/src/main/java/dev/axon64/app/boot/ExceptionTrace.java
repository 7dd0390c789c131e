package dev.axon64.app.boot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.cpu.Core;
import dev.axon64.system.cpu.Exceptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Writes a line for each exception: after how many instructions, what, and from where. */
final class ExceptionTrace implements Exceptions.Observer, AutoCloseable {
  private final PrintWriter out;
  private LongSupplier executed = () -> 0;

  private ExceptionTrace(PrintWriter out) {
    this.out = out;
  }

  /**
   * Opens a trace, which writes nothing if there is no file.
   *
   * @throws InputException if it cannot be written
   */
  static ExceptionTrace to(Optional<Path> file) {
    if (file.isEmpty()) {
      return new ExceptionTrace(null);
    }
    try {
      return new ExceptionTrace(new PrintWriter(Files.newBufferedWriter(file.get())));
    } catch (IOException e) {
      throw new InputException(file.get().toString(), "cannot be written: " + e.getMessage());
    }
  }

  void counts(LongSupplier counter) {
    executed = counter;
  }

  @Override
  public void taken(Core core, long syndrome) {
    if (out != null) {
      String what = syndrome < 0 ? "interrupt" : "esr 0x%08x".formatted(syndrome);
      out.printf(
          "%d cpu%d %s from 0x%x spsr 0x%x far 0x%x%n",
          executed.getAsLong(),
          core.number,
          what,
          core.cpu.elr_el1,
          core.cpu.spsr_el1,
          core.faultAddress());
    }
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }
}
