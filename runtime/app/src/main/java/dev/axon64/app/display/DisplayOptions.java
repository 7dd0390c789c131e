package dev.axon64.app.display;

import dev.axon64.app.display.DisplayRequest.View;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.Display;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The display of a command that runs a program. */
public final class DisplayOptions {
  private static final String WEB = "web";
  private static final String IMAGE = "image:";
  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--display",
      paramLabel = "NAME",
      description =
          "Show what the program draws as an X client: in a browser's page (web, or web:PORT), in a"
              + " window (window), or in a PNG file at the end (image:FILE). Default: none.")
  private String display = "none";

  @Option(
      names = "--display-size",
      paramLabel = "WIDTHxHEIGHT",
      description = "Give the display this size. Default: 1024x768.")
  private Optional<String> size;

  /**
   * What was asked for; empty for no display.
   *
   * @throws InputException if it means nothing
   */
  public Optional<DisplayRequest> request() {
    Optional<View> view = view();
    if (view.isEmpty() && size.isPresent()) {
      throw new InputException("--display-size", "goes with --display; add it");
    }
    String[] sides = size.orElse("1024x768").split("x", -1);
    if (sides.length != 2) {
      throw noSize();
    }
    return view.map(one -> new DisplayRequest(side(sides[0]), side(sides[1]), one));
  }

  private int side(String text) {
    int pixels = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (pixels < 1 || pixels > Display.MOST) {
      throw noSize();
    }
    return pixels;
  }

  private InputException noSize() {
    return new InputException(
        "--display-size " + size.orElse(""),
        "is no size of a display; give WIDTHxHEIGHT, each side up to " + Display.MOST);
  }

  private Optional<View> view() {
    if (display.equals("none")) {
      return Optional.empty();
    }
    if (display.equals(WEB)) {
      return Optional.of(new View.Web(0));
    }
    if (display.equals("window")) {
      return Optional.of(new View.Window());
    }
    if (display.startsWith(WEB + ":") && display.substring(4).matches("\\d{1,5}")) {
      int port = Integer.parseInt(display.substring(4));
      if (port <= LAST_PORT) {
        return Optional.of(new View.Web(port));
      }
    }
    if (display.startsWith(IMAGE) && display.length() > IMAGE.length()) {
      return Optional.of(new View.Image(Path.of(display.substring(IMAGE.length()))));
    }
    throw new InputException(
        "--display " + display, "is no display; give none, web, web:PORT, window or image:FILE");
  }
}
