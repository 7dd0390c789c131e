package dev.axon64.linux.display;

import java.util.BitSet;

/** The pointer, the keyboard, and which windows have them. */
final class Seat {
  static final int NO_FOCUS = 0;
  static final int POINTER_ROOT = 1;

  private static final int FIRST_BUTTON = 0x100;

  /** Who gets all events of a device. */
  record Grab(Client client, Window window, boolean ownerEvents, int mask) {}

  final BitSet keys = new BitSet();
  int x;
  int y;

  /** Buttons that are down, as bits of the state. */
  int buttons;

  Grab pointerGrab;
  Grab keyboardGrab;
  private boolean locked;
  private boolean implicit;
  private final Desktop desktop;
  private final Focus focus;
  private Window under;

  Seat(Desktop desktop) {
    this.desktop = desktop;
    this.focus = new Focus(desktop);
    this.under = desktop.root;
    x = desktop.root.width / 2;
    y = desktop.root.height / 2;
  }

  Focus focus() {
    return focus;
  }

  /** Modifiers and buttons that are down. */
  int state() {
    return Keys.modifiers(keys, locked) | buttons;
  }

  /** Takes what somebody does. */
  void take(Input input) {
    switch (input) {
      case Input.Key key -> key(key.code() & 0xff, key.down());
      case Input.Button button -> button(button.number(), button.down());
      case Input.Motion motion -> moveTo(motion.x(), motion.y());
      case Input.Close close -> focus.close();
    }
  }

  private void key(int code, boolean down) {
    if (code < Keys.FIRST) {
      return;
    }
    int before = state();
    if (down && code == Keys.CAPS_LOCK && !keys.get(code)) {
      locked = !locked;
    }
    keys.set(code, down);
    int event = down ? Events.KEY_PRESS : Events.KEY_RELEASE;
    int mask = down ? Events.KEY_PRESS_MASK : Events.KEY_RELEASE_MASK;
    Window top = keyboardGrab != null ? keyboardGrab.window : focus.window(desktop.root);
    if (top == null) {
      return;
    }
    Window from = under.isWithin(top) ? under : top;
    Grab grab = keyboardGrab;
    if (grab != null && !grab.ownerEvents) {
      Events.tell(grab.client, device(event, code, grab.window, null, before));
    } else {
      send(from, top, mask, event, code, before);
    }
  }

  private void button(int number, boolean down) {
    if (number < 1 || number > 7) {
      return;
    }
    int before = state();
    int bit = number <= 5 ? FIRST_BUTTON << number - 1 : 0;
    buttons = down ? buttons | bit : buttons & ~bit;
    if (down && pointerGrab == null) {
      focus.click(under);
    }
    int event = down ? Events.BUTTON_PRESS : Events.BUTTON_RELEASE;
    int mask = down ? Events.BUTTON_PRESS_MASK : Events.BUTTON_RELEASE_MASK;
    Window told = pointer(mask, event, number, before);
    if (down && pointerGrab == null && told != null) {
      grabWhileDown(told, mask);
    }
    if (!down && implicit && buttons == 0) {
      implicit = false;
      pointerGrab = null;
      cross();
    }
  }

  private void grabWhileDown(Window told, int mask) {
    told.masks.forEach(
        (client, wanted) -> {
          if ((wanted & mask) != 0 && pointerGrab == null) {
            pointerGrab = new Grab(client, told, false, wanted | Events.BUTTON_RELEASE_MASK);
            implicit = true;
          }
        });
  }

  void grabPointer(Grab grab) {
    implicit = false;
    pointerGrab = grab;
  }

  /** Moves the pointer, and tells windows about it. */
  void moveTo(int toX, int toY) {
    int newX = Math.clamp(toX, 0, desktop.root.width - 1);
    int newY = Math.clamp(toY, 0, desktop.root.height - 1);
    if (newX == x && newY == y) {
      return;
    }
    x = newX;
    y = newY;
    cross();
    int held = buttons == 0 ? 0 : Events.BUTTON_MOTION_MASK | buttons;
    pointer(Events.MOTION_MASK | held, Events.MOTION, 0, state());
  }

  /** Sends an event of the pointer; returns the window that was told, or null. */
  private Window pointer(int mask, int event, int detail, int state) {
    Grab grab = pointerGrab;
    if (grab == null) {
      return send(under, desktop.root, mask, event, detail, state);
    }
    if (grab.ownerEvents) {
      Window told = target(under, desktop.root, mask);
      if (told != null && told.masks.getOrDefault(grab.client, 0) != 0) {
        return send(under, desktop.root, mask, event, detail, state);
      }
    }
    if ((grab.mask & mask) != 0) {
      Events.tell(grab.client, device(event, detail, grab.window, null, state));
    }
    return grab.window;
  }

  /** The first window, from one towards another that holds it, that wants events of a mask. */
  private static Window target(Window from, Window top, int mask) {
    for (Window at = from; at != null; at = at.parent) {
      if ((at.wanted() & mask) != 0) {
        return at;
      }
      if (at == top || (at.doNotPropagate & mask) != 0) {
        return null;
      }
    }
    return null;
  }

  private Window send(Window from, Window top, int mask, int event, int detail, int state) {
    Window told = target(from, top, mask);
    if (told != null) {
      Window child = from == told ? null : from;
      while (child != null && child.parent != told) {
        child = child.parent;
      }
      desktop.events.tell(told, mask, device(event, detail, told, child, state));
    }
    return told;
  }

  private Message device(int event, int detail, Window window, Window child, int state) {
    return Message.event(event, detail)
        .i32(desktop.now())
        .i32(Desktop.ROOT)
        .i32(window.id)
        .i32(child == null ? 0 : child.id)
        .u16(x)
        .u16(y)
        .u16(x - window.rootX())
        .u16(y - window.rootY())
        .u16(state)
        .u8(1);
  }

  /** The deepest window at the pointer. */
  Window under() {
    Window at = desktop.root;
    for (Window next = at; next != null; next = childAt(at)) {
      at = next;
    }
    return at;
  }

  /** The child of a window that the pointer is in; null for none. */
  Window childAt(Window window) {
    int inX = x - window.rootX();
    int inY = y - window.rootY();
    for (Window child : window.children.reversed()) {
      if (child.mapped && child.outer().holds(inX, inY)) {
        return child;
      }
    }
    return null;
  }

  /** Finds out which window the pointer is in, and tells those that it leaves and enters. */
  void cross() {
    Window now = under();
    if (now == under) {
      return;
    }
    Window before = under;
    under = now;
    if (pointerGrab == null) {
      new Crossing(desktop).tell(before, now);
    }
  }

  /** Forgets a window that is not seen any more. */
  void gone(Window window) {
    if (pointerGrab != null && pointerGrab.window.isWithin(window)) {
      pointerGrab = null;
      implicit = false;
    }
    if (keyboardGrab != null && keyboardGrab.window.isWithin(window)) {
      keyboardGrab = null;
    }
    focus.gone(window);
    if (under.isWithin(window)) {
      under = window.parent == null ? desktop.root : window.parent;
    }
    cross();
  }

  /** Forgets a client that has gone. */
  void gone(Client client) {
    if (pointerGrab != null && pointerGrab.client == client) {
      pointerGrab = null;
      implicit = false;
    }
    if (keyboardGrab != null && keyboardGrab.client == client) {
      keyboardGrab = null;
    }
  }
}
