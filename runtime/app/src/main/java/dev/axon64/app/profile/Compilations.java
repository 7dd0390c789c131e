package dev.axon64.app.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** How long the JVM's compilers took for the regions, from the JVM's own events. */
final class Compilations implements AutoCloseable {
  private static final String EVENT = "jdk.Compilation";

  private final Recording recording = new Recording();

  /**
   * What the compilers did for one region.
   *
   * @param times how often it was compiled, at any level
   * @param nanoseconds that this took
   * @param codeSize bytes of machine code that it has become last
   */
  record Compiled(int times, long nanoseconds, long codeSize) {
    static final Compiled NEVER = new Compiled(0, 0, 0);

    Compiled with(Duration more, long size) {
      return new Compiled(times + 1, nanoseconds + more.toNanos(), size);
    }
  }

  /** Begins to listen. */
  Compilations() {
    recording.enable(EVENT).withThreshold(Duration.ZERO).withoutStackTrace();
    recording.start();
  }

  /** What was compiled until now, by the name of the class; ends listening. */
  Map<String, Compiled> byType() throws IOException {
    recording.stop();
    Path file = Files.createTempFile("axon64-profile", ".jfr");
    try {
      recording.dump(file);
      Map<String, Compiled> found = new HashMap<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        RecordedMethod method = event.getValue("method");
        if (method != null) {
          found.merge(
              plain(method.getType().getName()),
              Compiled.NEVER.with(event.getDuration(), event.getLong("codeSize")),
              (before, one) -> before.with(Duration.ofNanos(one.nanoseconds), one.codeSize));
        }
      }
      return found;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Hidden classes are named with a slash by the JVM, and with a dot by its events. */
  static String plain(String type) {
    return type.replace('/', '.');
  }

  @Override
  public void close() {
    recording.close();
  }
}
