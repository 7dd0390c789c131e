package dev.axon64.linux.display;

import java.util.List;

/** Makes windows and tells about them. */
final class WindowRequests {
  private static final int INPUT_OUTPUT = 1;
  private static final int INPUT_ONLY = 2;
  private static final int VIEWABLE = 2;
  private static final int UNVIEWABLE = 1;

  private final Desktop desktop;
  private final WindowAttributes attributes;

  WindowRequests(Desktop desktop) {
    this.desktop = desktop;
    this.attributes = new WindowAttributes(desktop);
  }

  void addTo(Requests all) {
    all.on(1, this::create)
        .on(2, this::change)
        .on(3, this::attributes)
        .on(14, this::geometry)
        .on(15, this::tree)
        .on(40, this::translate);
  }

  private void create(Client client, Request r) {
    int id = r.i32();
    Window parent = desktop.resources.window(r.i32());
    Area place = r.area();
    int border = r.u16();
    int kind = r.u16();
    r.skip(4);
    boolean inputOnly = kind == INPUT_ONLY || kind == 0 && parent.inputOnly;
    boolean fits = inputOnly ? r.data == 0 : r.data == 0 || r.data == Desktop.DEPTH;
    if (!fits || parent.inputOnly && !inputOnly) {
      throw new XError(XError.MATCH, id);
    }
    if (place.isEmpty() || kind > INPUT_ONLY) {
      throw new XError(XError.VALUE, kind);
    }
    if (parent.level() >= WindowTree.DEEPEST) {
      throw new XError(XError.ALLOC, id);
    }
    desktop.resources.checkNew(client, id);
    Window w = new Window(desktop, id, parent, place, inputOnly ? 0 : Desktop.DEPTH, inputOnly);
    w.border = inputOnly ? 0 : border;
    w.colormap = parent.colormap;
    try {
      attributes.set(client, w, r.i32(), r);
    } catch (XError e) {
      w.free();
      throw e;
    }
    desktop.resources.add(client, id, w);
    parent.children.addLast(w);
    desktop.events.created(w);
  }

  private void change(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    attributes.set(client, w, r.i32(), r);
  }

  private void attributes(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    int state = !w.mapped ? 0 : w.isViewable() ? VIEWABLE : UNVIEWABLE;
    client.send(
        Message.reply(0)
            .i32(w.inputOnly ? 0 : Desktop.VISUAL)
            .u16(w.inputOnly ? INPUT_ONLY : INPUT_OUTPUT)
            .u8(w.bitGravity)
            .u8(w.winGravity)
            .i32(0)
            .i32(0)
            .u8(0)
            .u8(1)
            .u8(state)
            .u8(w.overridesRedirect ? 1 : 0)
            .i32(w.inputOnly ? 0 : w.colormap)
            .i32(w.wanted())
            .i32(w.masks.getOrDefault(client, 0))
            .u16(w.doNotPropagate)
            .u16(0));
  }

  private void geometry(Client client, Request r) {
    int id = r.i32();
    Object thing = desktop.resources.find(id);
    if (!(thing instanceof Drawable drawable)) {
      throw new XError(XError.DRAWABLE, id);
    }
    Window w = drawable instanceof Window window ? window : null;
    client.send(
        Message.reply(drawable.depth())
            .i32(Desktop.ROOT)
            .u16(w == null ? 0 : w.x)
            .u16(w == null ? 0 : w.y)
            .u16(drawable.width())
            .u16(drawable.height())
            .u16(w == null ? 0 : w.border)
            .to(32));
  }

  private void tree(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    List<Window> children = w.children;
    Message reply = Message.reply(0).i32(Desktop.ROOT).i32(w.parent == null ? 0 : w.parent.id);
    reply.u16(children.size()).to(32);
    children.forEach(child -> reply.i32(child.id));
    client.send(reply);
  }

  private void translate(Client client, Request r) {
    Window from = desktop.resources.window(r.i32());
    Window to = desktop.resources.window(r.i32());
    int x = r.s16() + from.rootX() - to.rootX();
    int y = r.s16() + from.rootY() - to.rootY();
    Window at = null;
    for (Window child : to.children) {
      at = child.mapped && child.outer().holds(x, y) ? child : at;
    }
    client.send(Message.reply(1).i32(at == null ? 0 : at.id).u16(x).u16(y).to(32));
  }
}
