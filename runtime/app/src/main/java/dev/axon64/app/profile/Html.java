package dev.axon64.app.profile;

/** Text in HTML. */
final class Html {
  private Html() {}

  /** Text that means itself, also within quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
