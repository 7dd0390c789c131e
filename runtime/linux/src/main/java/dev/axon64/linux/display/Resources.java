package dev.axon64.linux.display;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clients have made, by the ids that they chose. */
final class Resources {
  private static final int MOST = 1 << 16;

  /** The bits of an id that a client may choose. */
  static final int CHOICE = 0x1fffff;

  private final Map<Integer, Object> all = new HashMap<>();

  /** A thing of which only the id matters. */
  enum Plain {
    CURSOR,
    COLORMAP
  }

  /** Adds what the server itself has. */
  void addOwn(int id, Object thing) {
    all.put(id, thing);
  }

  /** Fails unless a client may use an id for something new. */
  void checkNew(Client client, int id) {
    if ((id & ~CHOICE) != client.base || all.containsKey(id)) {
      throw new XError(XError.ID_CHOICE, id);
    }
    if (all.size() >= MOST) {
      throw new XError(XError.ALLOC, id);
    }
  }

  void add(Client client, int id, Object thing) {
    checkNew(client, id);
    all.put(id, thing);
  }

  void remove(int id) {
    all.remove(id);
  }

  /** The ids that a client has chosen. */
  List<Integer> of(Client client) {
    return all.keySet().stream().filter(id -> (id & ~CHOICE) == client.base).sorted().toList();
  }

  List<Window> windows() {
    return all.values().stream().filter(Window.class::isInstance).map(Window.class::cast).toList();
  }

  /** What has an id; null for nothing. */
  Object find(int id) {
    return all.get(id);
  }

  private <T> T get(Class<T> type, int id, int error) {
    Object thing = all.get(id);
    if (!type.isInstance(thing)) {
      throw new XError(error, id);
    }
    return type.cast(thing);
  }

  Window window(int id) {
    return get(Window.class, id, XError.WINDOW);
  }

  Pixmap pixmap(int id) {
    return get(Pixmap.class, id, XError.PIXMAP);
  }

  Gc gc(int id) {
    return get(Gc.class, id, XError.GC);
  }

  /** A pixmap, or a window that can be drawn on. */
  Drawable drawable(int id) {
    Drawable thing = get(Drawable.class, id, XError.DRAWABLE);
    if (thing instanceof Window window && window.inputOnly) {
      throw new XError(XError.MATCH, id);
    }
    return thing;
  }

  /** A font, or a context of graphics, which has one. */
  void checkFont(int id) {
    if (!(all.get(id) instanceof Gc)) {
      get(Font.class, id, XError.FONT);
    }
  }

  void check(Plain kind, int id) {
    if (all.get(id) != kind) {
      throw new XError(kind == Plain.CURSOR ? XError.CURSOR : XError.COLORMAP, id);
    }
  }
}
