package dev.axon64.app;

import dev.axon64.codegen.support.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Standard output, which remembers whether everything has reached it. Writers only would not say.
 */
final class StandardOutput {
  private static final int UNUSABLE = 2;

  /** The status of a program that SIGPIPE ends: whoever read has seen enough. */
  private static final int BROKEN_PIPE = 141;

  private final OutputStream stream;
  private final PrintWriter writer;
  private IOException failure;

  StandardOutput(OutputStream stream) {
    this.stream = stream;
    this.writer =
        new PrintWriter(new BufferedOutputStream(new Watched()), true, StandardCharsets.UTF_8);
  }

  private final class Watched extends FilterOutputStream {
    Watched() {
      super(stream);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        stream.write(bytes, from, length);
        stream.flush();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      stream.flush(); // it is the process's
    }
  }

  PrintWriter writer() {
    return writer;
  }

  /**
   * Returns the exit status of a command that has ended with one.
   *
   * @param err where it is said if something did not reach standard output
   */
  int finish(int status, PrintWriter err) {
    writer.flush();
    boolean failed = stream instanceof PrintStream printed && printed.checkError();
    if (failure == null && !failed) {
      return status;
    }
    String reason = failure == null ? "" : " (" + AtomicFiles.reason(failure) + ")";
    if (reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      return BROKEN_PIPE;
    }
    err.println("axon64: standard output: cannot be written" + reason);
    return UNUSABLE;
  }
}
