package dev.axon64.linux.display;

import java.util.ArrayList;
import java.util.List;

/** Makes pictures, and what says how to draw. */
final class ContextRequests {
  private final Desktop desktop;

  ContextRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(53, this::createPixmap)
        .on(54, this::freePixmap)
        .on(55, this::create)
        .on(56, (client, r) -> context(r).set(r.i32(), r, desktop.resources))
        .on(57, this::copy)
        .on(58, this::dashes)
        .on(59, this::clip)
        .on(60, this::free);
  }

  private Gc context(Request r) {
    return desktop.resources.gc(r.i32());
  }

  private void createPixmap(Client client, Request r) {
    int id = r.i32();
    int like = r.i32();
    int width = r.u16();
    int height = r.u16();
    if (!(desktop.resources.find(like) instanceof Drawable)) {
      throw new XError(XError.DRAWABLE, like);
    }
    if (width == 0 || height == 0 || Setup.bitsOfPixel(r.data) == 0) {
      throw new XError(XError.VALUE, r.data);
    }
    desktop.resources.checkNew(client, id);
    Picture picture = new Picture(desktop.budget, width, height, r.data);
    desktop.resources.add(client, id, new Pixmap(picture));
  }

  private void freePixmap(Client client, Request r) {
    int id = r.i32();
    desktop.resources.pixmap(id).picture().free();
    desktop.resources.remove(id);
  }

  private void create(Client client, Request r) {
    int id = r.i32();
    desktop.resources.drawable(r.i32());
    desktop.resources.checkNew(client, id);
    Gc gc = new Gc();
    try {
      gc.set(r.i32(), r, desktop.resources);
      desktop.resources.add(client, id, gc);
    } finally {
      if (desktop.resources.find(id) != gc) {
        gc.free();
      }
    }
  }

  private void copy(Client client, Request r) {
    Gc from = context(r);
    context(r).copy(from, r.i32());
  }

  private void dashes(Client client, Request r) {
    Gc gc = context(r);
    gc.dashOffset = r.u16();
    gc.dashes = r.u16() == 0 ? gc.dashes : r.u8();
  }

  private void clip(Client client, Request r) {
    Gc gc = context(r);
    gc.clipX = r.s16();
    gc.clipY = r.s16();
    List<Area> areas = new ArrayList<>();
    while (r.left() >= 8) {
      areas.add(r.area());
    }
    gc.clip(null, List.copyOf(areas));
  }

  private void free(Client client, Request r) {
    int id = r.i32();
    desktop.resources.gc(id).free();
    desktop.resources.remove(id);
  }
}
