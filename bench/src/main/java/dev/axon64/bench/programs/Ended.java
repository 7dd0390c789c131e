package dev.axon64.bench.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that has ended.
 *
 * @param status its exit status, or {@link #ENDLESS}
 * @param seconds that it took
 * @param output the file that holds what it wrote
 * @param messages its errors
 */
public record Ended(int status, Seconds seconds, Path output, String messages) {
  /** The status of what had to be ended by force. */
  static final int ENDLESS = -1;

  /** Says what is not as in another's run; empty if all is. */
  String difference(Ended other) {
    if (status != other.status) {
      String how = status == ENDLESS ? "does not end" : "exits with " + status;
      return how + ", not " + other.status + ": " + lastMessage();
    }
    try {
      long first = Files.mismatch(output, other.output);
      return first < 0 ? "" : "other output from byte " + first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was said last. */
  String lastMessage() {
    return messages.lines().reduce((first, second) -> second).orElse("it said nothing");
  }
}
