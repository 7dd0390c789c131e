package dev.axon64.linux.display;

/** Reads the list of a window's attributes. */
final class WindowAttributes {
  private static final int COUNT = 15;
  private static final int PARENT_RELATIVE = 1;

  /** The events of which only one client may be told. */
  private static final int EXCLUSIVE = Events.REDIRECT_MASK | Events.BUTTON_PRESS_MASK;

  private final Desktop desktop;

  WindowAttributes(Desktop desktop) {
    this.desktop = desktop;
  }

  /** Sets those that a mask names, in the order of their bits. */
  void set(Client client, Window w, int mask, Request request) {
    for (int bit = 0; bit < COUNT; bit++) {
      if ((mask >>> bit & 1) != 0) {
        set(client, w, bit, request.i32());
      }
    }
  }

  private void set(Client client, Window w, int attribute, int value) {
    switch (attribute) {
      case 0 -> backgroundPicture(w, value);
      case 1 -> {
        backgroundPicture(w, 0);
        w.hasBackground = true;
        w.background = value;
      }
      case 3 -> w.borderPixel = value;
      case 4 -> w.bitGravity = value & 0xff;
      case 5 -> w.winGravity = value & 0xff;
      case 9 -> w.overridesRedirect = (value & 1) != 0;
      case 11 -> select(client, w, value);
      case 12 -> w.doNotPropagate = value;
      case 13 -> w.colormap = value == 0 ? w.colormap : colormap(value);
      case 14 -> w.cursor = value;
      default -> {} // hints, and pictures of borders
    }
  }

  private int colormap(int id) {
    desktop.resources.check(Resources.Plain.COLORMAP, id);
    return id;
  }

  private void backgroundPicture(Window w, int id) {
    Picture tile = null;
    if (id != 0 && id != PARENT_RELATIVE) {
      tile = desktop.resources.pixmap(id).picture();
      if (tile.depth != w.depth) {
        throw new XError(XError.MATCH, id);
      }
    }
    w.hasBackground = false;
    w.sharesBackground = id == PARENT_RELATIVE;
    w.backgroundTile = Picture.exchange(w.backgroundTile, tile);
  }

  private static void select(Client client, Window w, int mask) {
    w.masks.forEach(
        (other, wanted) -> {
          if (other != client && (wanted & mask & EXCLUSIVE) != 0) {
            throw new XError(XError.ACCESS, w.id);
          }
        });
    if (mask == 0) {
      w.masks.remove(client);
    } else {
      w.masks.put(client, mask);
    }
  }
}
