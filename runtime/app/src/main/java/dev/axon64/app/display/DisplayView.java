package dev.axon64.app.display;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.Display;
import java.io.PrintWriter;

/** Shows a display until it is closed. */
public interface DisplayView extends AutoCloseable {
  @Override
  void close();

  /**
   * Begins to show a display as it was asked for.
   *
   * @param err is told where it can be seen
   * @throws InputException if it cannot be shown so
   */
  static DisplayView open(DisplayRequest request, Display display, PrintWriter err) {
    return switch (request.view()) {
      case DisplayRequest.View.Web web -> WebView.open(display, web.port(), err);
      case DisplayRequest.View.Window window -> WindowView.open(display);
      case DisplayRequest.View.Image image -> () -> Png.write(display.screen(), image.file());
    };
  }
}
