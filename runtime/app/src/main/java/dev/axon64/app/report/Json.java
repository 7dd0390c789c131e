package dev.axon64.app.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** JSON as commands print it: indented, and readable as it stands. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Json() {}

  /** The text of a value that gson knows how to write, without a line break at its end. */
  public static String text(Object value) {
    return GSON.toJson(value);
  }
}
