package dev.axon64.app.trace;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that grows while a program runs. It is made with its first line, so that none is there if
 * the program never started.
 */
final class TraceFile implements AutoCloseable {
  private final Path file;
  private final PrintWriter writer = new PrintWriter(new Lazy());
  private Writer open;
  private IOException failure;

  /**
   * @throws InputException if it cannot be written
   */
  TraceFile(Path file) {
    this.file = file;
    AtomicFiles.checkWritable(file);
  }

  private final class Lazy extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      try {
        opened().write(text, from, length);
      } catch (IOException e) {
        throw kept(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        if (open != null) {
          open.flush();
        }
      } catch (IOException e) {
        throw kept(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        throw kept(e);
      }
    }

    private IOException kept(IOException e) {
      failure = failure == null ? e : failure;
      return e;
    }
  }

  private Writer opened() throws IOException {
    if (open == null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      open = new BufferedWriter(Files.newBufferedWriter(file));
    }
    return open;
  }

  PrintWriter writer() {
    return writer;
  }

  /**
   * Says that everything was written.
   *
   * @throws InputException if it was not
   */
  void finish() {
    try {
      opened();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    writer.close();
    if (failure != null) {
      throw new InputException(
          file.toString(), "cannot be written (" + AtomicFiles.reason(failure) + ")", failure);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
