package dev.axon64.app;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * What help looks like: how wide, and whether in colours.
 *
 * @param width in characters
 * @param plain whether without colours, wherever it goes
 */
record Screen(int width, boolean plain) {
  private static final int USUAL = 80;
  private static final int LEAST = 55;
  private static final int MOST = 120;

  /**
   * As the environment says: COLUMNS, or the terminal's size that the launcher found; no colours
   * with NO_COLOR, or on a terminal without them.
   */
  static Screen of(Map<String, String> environment) {
    String[] size = System.getProperty("axon64.terminal.size", "").split(" ");
    int width =
        number(environment.get("COLUMNS"))
            .or(() -> size.length == 2 ? number(size[1]) : Optional.empty())
            .map(columns -> Math.clamp(columns, LEAST, MOST))
            .orElse(USUAL);
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Screen(width, plain);
  }

  private static Optional<Integer> number(String text) {
    boolean is = text != null && text.matches("[1-9][0-9]{0,4}");
    return is ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  void applyTo(CommandLine line) {
    line.setUsageHelpWidth(width);
    if (plain) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }
  }
}
