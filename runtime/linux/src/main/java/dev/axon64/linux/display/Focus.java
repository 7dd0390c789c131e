package dev.axon64.linux.display;

/**
 * Which window has the keyboard. Where no window manager runs, it is the one that was opened or
 * clicked last.
 */
final class Focus {
  private static final int NONLINEAR = 3;

  private final Desktop desktop;
  private Window window;

  /** What it is if no window has it. */
  private int otherwise = Seat.POINTER_ROOT;

  Focus(Desktop desktop) {
    this.desktop = desktop;
  }

  /** The number that tells it. */
  int id() {
    return window == null ? otherwise : window.id;
  }

  /** The window that has it, another one if it is the pointer's; null if keys go nowhere. */
  Window window(Window ofPointer) {
    return window != null ? window : otherwise == Seat.POINTER_ROOT ? ofPointer : null;
  }

  boolean isWithin(Window other) {
    return window == null ? otherwise == Seat.POINTER_ROOT : other.isWithin(window);
  }

  /** Gives it to a window, or to nobody, or to where the pointer is. */
  void set(Window to, int instead) {
    if (to == window && (to != null || instead == otherwise)) {
      return;
    }
    tell(Events.FOCUS_OUT);
    window = to;
    otherwise = instead;
    tell(Events.FOCUS_IN);
  }

  private void tell(int event) {
    if (window != null) {
      desktop.events.tell(
          window, Events.FOCUS_MASK, Message.event(event, NONLINEAR).i32(window.id).u8(0));
    }
  }

  private boolean isManaged() {
    return Events.manager(desktop.root) != null;
  }

  /** A window on the screen itself has been opened. */
  void opened(Window opened) {
    if (!isManaged() && !opened.overridesRedirect && !opened.inputOnly) {
      set(opened, Seat.POINTER_ROOT);
    }
  }

  /** A window was clicked. */
  void click(Window clicked) {
    Window top = clicked;
    while (top.parent != null && top.parent != desktop.root) {
      top = top.parent;
    }
    if (top.parent == null || isManaged() || top.overridesRedirect) {
      return;
    }
    if (window == null || !window.isWithin(top)) {
      set(top, Seat.POINTER_ROOT);
    }
    if (desktop.root.children.getLast() != top) {
      desktop.root.children.remove(top);
      desktop.root.children.add(top);
      top.damagePlace();
    }
  }

  /** A window is not seen any more. */
  void gone(Window gone) {
    if (window == null || !window.isWithin(gone)) {
      return;
    }
    Window next = null;
    for (Window each : desktop.root.children) {
      boolean can = each.mapped && !each.overridesRedirect && !each.inputOnly && each != gone;
      next = can && !isManaged() ? each : next;
    }
    set(next, Seat.POINTER_ROOT);
  }

  /** Asks the window that has it to close, if it knows how. */
  void close() {
    Window at = window;
    int protocols = desktop.atoms.find("WM_PROTOCOLS");
    while (at != null && !at.properties.containsKey(protocols)) {
      at = at.parent;
    }
    if (at == null) {
      return;
    }
    Message event = Message.event(Events.CLIENT_MESSAGE, 32).i32(at.id).i32(protocols);
    event.i32(desktop.atoms.intern("WM_DELETE_WINDOW")).i32(desktop.now()).to(32);
    for (Client client : desktop.clients) {
      if (client.base == (at.id & ~Resources.CHOICE)) {
        Events.tell(client, event);
      }
    }
  }
}
