package dev.axon64.linux.display;

import java.util.List;
import java.util.Map;

/** What clients are told, and what they ask to be told by. */
final class Events {
  static final int KEY_PRESS = 2;
  static final int KEY_RELEASE = 3;
  static final int BUTTON_PRESS = 4;
  static final int BUTTON_RELEASE = 5;
  static final int MOTION = 6;
  static final int ENTER = 7;
  static final int LEAVE = 8;
  static final int FOCUS_IN = 9;
  static final int FOCUS_OUT = 10;
  static final int EXPOSE = 12;
  static final int NO_EXPOSE = 14;
  static final int CREATE = 16;
  static final int DESTROY = 17;
  static final int UNMAP = 18;
  static final int MAP = 19;
  static final int MAP_REQUEST = 20;
  static final int REPARENT = 21;
  static final int CONFIGURE = 22;
  static final int CONFIGURE_REQUEST = 23;
  static final int PROPERTY = 28;
  static final int SELECTION_CLEAR = 29;
  static final int SELECTION_REQUEST = 30;
  static final int SELECTION = 31;
  static final int CLIENT_MESSAGE = 33;
  static final int MAPPING = 34;

  static final int KEY_PRESS_MASK = 1;
  static final int KEY_RELEASE_MASK = 2;
  static final int BUTTON_PRESS_MASK = 4;
  static final int BUTTON_RELEASE_MASK = 8;
  static final int ENTER_MASK = 0x10;
  static final int LEAVE_MASK = 0x20;
  static final int MOTION_MASK = 0x40;
  static final int BUTTON_MOTION_MASK = 0x2000;
  static final int EXPOSURE_MASK = 0x8000;
  static final int STRUCTURE_MASK = 0x20000;
  static final int SUBSTRUCTURE_MASK = 0x80000;
  static final int REDIRECT_MASK = 0x100000;
  static final int FOCUS_MASK = 0x200000;
  static final int PROPERTY_MASK = 0x400000;

  private static final int SIZE = 32;

  private final Desktop desktop;

  Events(Desktop desktop) {
    this.desktop = desktop;
  }

  /** Tells those who have asked a window for events of a mask. */
  void tell(Window window, int mask, Message event) {
    byte[] bytes = event.to(SIZE).finish(0);
    for (Map.Entry<Client, Integer> each : List.copyOf(window.masks.entrySet())) {
      if ((each.getValue() & mask) != 0) {
        each.getKey().sendEvent(bytes);
      }
    }
  }

  /** Tells one client. */
  static void tell(Client client, Message event) {
    client.sendEvent(event.to(SIZE).finish(0));
  }

  /** Something about a window, which its watchers and those of its parent are told. */
  private interface About {
    Message of(Window told);
  }

  private void tellBoth(Window window, About event) {
    tell(window, STRUCTURE_MASK, event.of(window));
    if (window.parent != null) {
      tell(window.parent, SUBSTRUCTURE_MASK, event.of(window.parent));
    }
  }

  void created(Window w) {
    Message event = Message.event(CREATE, 0).i32(w.parent.id).i32(w.id);
    geometry(event, w);
    tell(w.parent, SUBSTRUCTURE_MASK, event.u8(w.overridesRedirect ? 1 : 0));
  }

  private static void geometry(Message event, Window w) {
    event.u16(w.x).u16(w.y).u16(w.width).u16(w.height).u16(w.border);
  }

  void destroyed(Window w) {
    tellBoth(w, told -> Message.event(DESTROY, 0).i32(told.id).i32(w.id));
  }

  void mapped(Window w) {
    int overrides = w.overridesRedirect ? 1 : 0;
    tellBoth(w, told -> Message.event(MAP, 0).i32(told.id).i32(w.id).u8(overrides));
  }

  void unmapped(Window w) {
    tellBoth(w, told -> Message.event(UNMAP, 0).i32(told.id).i32(w.id));
  }

  void reparented(Window w, Window old) {
    About event =
        told ->
            Message.event(REPARENT, 0)
                .i32(told.id)
                .i32(w.id)
                .i32(w.parent.id)
                .u16(w.x)
                .u16(w.y)
                .u8(w.overridesRedirect ? 1 : 0);
    tellBoth(w, event);
    tell(old, SUBSTRUCTURE_MASK, event.of(old));
  }

  void configured(Window w) {
    int at = w.parent == null ? 0 : w.parent.children.indexOf(w);
    int below = at > 0 ? w.parent.children.get(at - 1).id : 0;
    tellBoth(
        w,
        told -> {
          Message event = Message.event(CONFIGURE, 0).i32(told.id).i32(w.id).i32(below);
          geometry(event, w);
          return event.u8(w.overridesRedirect ? 1 : 0);
        });
  }

  /** Asks for an area of a window to be drawn. */
  void expose(Window w, Area area) {
    if (!area.isEmpty() && w.isViewable()) {
      tell(
          w,
          EXPOSURE_MASK,
          Message.event(EXPOSE, 0)
              .i32(w.id)
              .u16(area.x())
              .u16(area.y())
              .u16(area.width())
              .u16(area.height())
              .u16(0));
    }
  }

  void propertyChanged(Window w, int atom, boolean deleted) {
    tell(
        w,
        PROPERTY_MASK,
        Message.event(PROPERTY, 0).i32(w.id).i32(atom).i32(desktop.now()).u8(deleted ? 1 : 0));
  }

  /** The client that decides what becomes of the children of a window; null for none. */
  static Client manager(Window window) {
    for (Map.Entry<Client, Integer> each : window.masks.entrySet()) {
      if ((each.getValue() & REDIRECT_MASK) != 0) {
        return each.getKey();
      }
    }
    return null;
  }

  /** Whether another client than this one decides what becomes of a window. */
  static Client managerOf(Window w, Client asks) {
    Client manager = w.parent == null || w.overridesRedirect ? null : manager(w.parent);
    return manager == asks ? null : manager;
  }
}
