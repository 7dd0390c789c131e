package dev.axon64.linux.display;

import java.util.List;

/** Opens, moves and closes windows for clients. */
final class WindowChanges {
  private final Desktop desktop;
  private final WindowTree tree;

  WindowChanges(Desktop desktop) {
    this.desktop = desktop;
    this.tree = desktop.tree;
  }

  void addTo(Requests all) {
    all.on(4, (client, r) -> tree.destroy(window(r)))
        .on(5, (client, r) -> tree.destroyChildren(window(r)))
        .on(6, (client, r) -> window(r)) // a list for windows that outlive their client
        .on(7, this::reparent)
        .on(8, (client, r) -> map(client, window(r)))
        .on(9, (client, r) -> List.copyOf(window(r).children).forEach(w -> map(client, w)))
        .on(10, (client, r) -> tree.unmap(window(r)))
        .on(11, (client, r) -> List.copyOf(window(r).children).forEach(tree::unmap))
        .on(12, this::configure)
        .on(13, this::circulate);
  }

  private Window window(Request r) {
    return desktop.resources.window(r.i32());
  }

  private void map(Client client, Window w) {
    Client manager = Events.managerOf(w, client);
    if (manager != null && !w.mapped) {
      Events.tell(manager, Message.event(Events.MAP_REQUEST, 0).i32(w.parent.id).i32(w.id));
    } else {
      tree.map(w);
    }
  }

  private void reparent(Client client, Request r) {
    Window w = window(r);
    tree.reparent(w, desktop.resources.window(r.i32()), r.s16(), r.s16());
  }

  private void circulate(Client client, Request r) {
    Window w = window(r);
    if (w.children.size() > 1) {
      Window moved = r.data == 0 ? w.children.removeFirst() : w.children.removeLast();
      w.children.add(r.data == 0 ? w.children.size() : 0, moved);
      w.damage(w.area());
    }
  }

  private void configure(Client client, Request r) {
    Window w = window(r);
    int mask = r.u16();
    r.skip(2);
    int x = (mask & 1) != 0 ? (short) r.i32() : w.x;
    int y = (mask & 2) != 0 ? (short) r.i32() : w.y;
    int width = (mask & 4) != 0 ? r.i32() & 0xffff : w.width;
    int height = (mask & 8) != 0 ? r.i32() & 0xffff : w.height;
    int border = (mask & 16) != 0 ? r.i32() & 0xffff : w.border;
    int sibling = (mask & 32) != 0 ? r.i32() : 0;
    int mode = (mask & 64) != 0 ? r.i32() & 0xff : -1;
    Area place = new Area(x, y, width, height);
    if (w == desktop.root) {
      return;
    }
    if (place.isEmpty()) {
      throw new XError(XError.VALUE, 0);
    }
    Client manager = Events.managerOf(w, client);
    if (manager != null) {
      ask(manager, w, place, border, sibling, Math.max(mode, 0), mask);
      return;
    }
    Window beside = sibling == 0 ? null : desktop.resources.window(sibling);
    if (beside != null && (beside.parent != w.parent || beside == w || mode < 0)) {
      throw new XError(XError.MATCH, sibling);
    }
    tree.configure(w, place, inputBorder(w, border), beside, mode);
  }

  private static int inputBorder(Window w, int border) {
    return w.inputOnly ? 0 : border;
  }

  private static void ask(
      Client manager, Window w, Area place, int border, int sibling, int mode, int mask) {
    Events.tell(
        manager,
        Message.event(Events.CONFIGURE_REQUEST, mode)
            .i32(w.parent.id)
            .i32(w.id)
            .i32(sibling)
            .u16(place.x())
            .u16(place.y())
            .u16(place.width())
            .u16(place.height())
            .u16(border)
            .u16(mask));
  }
}
