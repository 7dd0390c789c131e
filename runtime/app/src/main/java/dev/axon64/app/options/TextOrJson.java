package dev.axon64.app.options;

/** The forms that a command can print its answer in. */
public enum TextOrJson {
  TEXT,
  JSON
}
