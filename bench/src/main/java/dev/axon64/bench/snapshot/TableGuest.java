package dev.axon64.bench.snapshot;

import dev.axon64.codegen.support.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/** A program of {@code runtime/guests/snapshot}: builds a table of 32 MiB, then uses it. */
public enum TableGuest {
  /** From front to end. */
  WALK,
  /** By columns, every fourth page. */
  TILE,
  /** The first and the third page of three. */
  FIELDS,
  /** Anywhere. */
  CHASE;

  /** The file's name, and the name in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Puts the program into a folder. */
  Path copyTo(Path folder) {
    Path file = folder.resolve(label());
    String resource = "/dev/axon64/guests/snapshot/" + label();
    try (InputStream in = TableGuest.class.getResourceAsStream(resource)) {
      AtomicFiles.write(file, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
