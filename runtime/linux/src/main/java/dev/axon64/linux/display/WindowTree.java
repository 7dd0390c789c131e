package dev.axon64.linux.display;

import java.util.List;

/** Opens, moves and closes windows, and tells everybody. */
final class WindowTree {
  /** How many windows may be within one another. */
  static final int DEEPEST = 64;

  private final Desktop desktop;

  WindowTree(Desktop desktop) {
    this.desktop = desktop;
  }

  void map(Window w) {
    if (w.mapped) {
      return;
    }
    w.mapped = true;
    if (w.isViewable()) {
      try {
        show(w);
      } catch (XError e) {
        w.mapped = false;
        throw e;
      }
    }
    desktop.events.mapped(w);
    if (w.isViewable()) {
      w.damagePlace();
      exposeAll(w);
      desktop.seat.cross();
    }
    if (w.parent == desktop.root) {
      desktop.seat.focus().opened(w);
    }
  }

  /** Makes the pixels of what is seen now. */
  private static void show(Window w) {
    w.realize();
    for (Window child : w.children) {
      if (child.mapped) {
        show(child);
      }
    }
  }

  private void exposeAll(Window w) {
    desktop.events.expose(w, w.area());
    for (Window child : w.children) {
      if (child.mapped) {
        exposeAll(child);
      }
    }
  }

  void unmap(Window w) {
    if (!w.mapped || w == desktop.root) {
      return;
    }
    w.damagePlace();
    w.mapped = false;
    desktop.events.unmapped(w);
    desktop.seat.gone(w);
  }

  /** Destroys a window with all that is in it. */
  void destroy(Window w) {
    if (w == desktop.root) {
      return;
    }
    unmap(w);
    destroyChildren(w);
    desktop.events.destroyed(w);
    w.parent.children.remove(w);
    desktop.selections.values().removeIf(owner -> owner.window() == w);
    desktop.resources.remove(w.id);
    w.free();
    desktop.seat.gone(w);
  }

  void destroyChildren(Window w) {
    for (Window child : List.copyOf(w.children)) {
      destroy(child);
    }
  }

  /**
   * Gives it another place, size and border.
   *
   * @param sibling that it is put above or below; null for all of them
   * @param mode how (the stack modes of ConfigureWindow); below 0 to leave it where it is
   */
  void configure(Window w, Area place, int border, Window sibling, int mode) {
    boolean resized = place.width() != w.width || place.height() != w.height;
    w.damagePlace();
    Area before = new Area(w.x, w.y, w.width, w.height);
    int borderBefore = w.border;
    place(w, place, border);
    boolean anew = false;
    if (resized && w.picture() != null) {
      try {
        anew = w.realize();
      } catch (XError e) {
        place(w, before, borderBefore);
        throw e;
      }
    }
    if (mode >= 0) {
      restack(w, sibling, mode);
    }
    desktop.events.configured(w);
    w.damagePlace();
    if (anew) {
      desktop.events.expose(w, w.area());
    }
    desktop.seat.cross();
  }

  private static void place(Window w, Area place, int border) {
    w.x = place.x();
    w.y = place.y();
    w.width = place.width();
    w.height = place.height();
    w.border = border;
  }

  private static void restack(Window w, Window sibling, int mode) {
    List<Window> all = w.parent.children;
    boolean up = mode == 0 || mode == 2 || mode == 4 && all.getFirst() == w;
    all.remove(w);
    int at = sibling == null ? -1 : all.indexOf(sibling);
    if (at >= 0) {
      all.add(up ? at + 1 : at, w);
    } else if (up) {
      all.addLast(w);
    } else {
      all.addFirst(w);
    }
  }

  void reparent(Window w, Window to, int x, int y) {
    if (w == desktop.root || to.isWithin(w) || to.inputOnly && !w.inputOnly) {
      throw new XError(XError.MATCH, w.id);
    }
    if (to.level() + 1 + w.nesting() > DEEPEST) {
      throw new XError(XError.ALLOC, w.id);
    }
    boolean shown = w.mapped;
    unmap(w);
    Window old = w.parent;
    old.children.remove(w);
    w.parent = to;
    to.children.addLast(w);
    w.x = x;
    w.y = y;
    desktop.events.reparented(w, old);
    if (shown) {
      map(w);
    }
  }
}
