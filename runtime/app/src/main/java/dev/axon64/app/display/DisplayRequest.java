package dev.axon64.app.display;

import java.nio.file.Path;

/**
 * A display that was asked for.
 *
 * @param width pixels
 * @param height pixels
 * @param view how it is looked at
 */
public record DisplayRequest(int width, int height, View view) {
  /** A way to look at a display. */
  public sealed interface View {
    /** Whether somebody may type and point there. */
    boolean isAttended();

    /**
     * A page that this computer's browsers can open.
     *
     * @param port 0 for any that is free
     */
    record Web(int port) implements View {
      @Override
      public boolean isAttended() {
        return true;
      }
    }

    /** A window on this computer's desktop. */
    record Window() implements View {
      @Override
      public boolean isAttended() {
        return true;
      }
    }

    /** A PNG file that shows how it looks at the end. */
    record Image(Path file) implements View {
      @Override
      public boolean isAttended() {
        return false;
      }
    }
  }
}
