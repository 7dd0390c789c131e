package dev.axon64.linux.display;

/** Puts images on windows and pictures, copies and reads them. */
final class ImageRequests {
  private static final int BITMAP = 0;
  private static final int PLANES = 1;
  private static final int PIXELS = 2;

  /** The most pixels of an image. */
  private static final int MOST = 1 << 23;

  private final Desktop desktop;

  ImageRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(62, this::copy).on(63, this::copyPlane).on(72, this::put).on(73, this::get);
  }

  private void put(Client client, Request r) {
    Drawable on = desktop.resources.drawable(r.i32());
    Gc gc = desktop.resources.gc(r.i32());
    int width = r.u16();
    int height = r.u16();
    int x = r.s16();
    int y = r.s16();
    int left = r.u8();
    int depth = r.u8();
    r.skip(2);
    boolean fits = r.data == BITMAP ? depth == 1 : depth == on.depth();
    if (!fits || r.data == PIXELS && left != 0) {
      throw new XError(XError.MATCH, depth);
    }
    if (r.data > PIXELS || left > 31) {
      throw new XError(XError.VALUE, r.data);
    }
    if (width == 0 || height == 0) {
      return;
    }
    long size = ImageBytes.size(r.data == PIXELS, width + left, height, depth);
    if ((long) width * height > MOST) {
      throw new XError(XError.ALLOC, 0);
    }
    if (size > r.left()) {
      throw new XError(XError.LENGTH, 0);
    }
    byte[] bytes = r.bytes((int) size);
    int[] pixels =
        r.data == PIXELS
            ? ImageBytes.pixels(bytes, width, height, depth)
            : ImageBytes.planes(bytes, width, height, depth, left);
    if (r.data == BITMAP) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (pixels[i] != 0 ? gc.foreground : gc.background) & mask(on);
      }
    }
    Painter painter = new Painter(on, gc);
    painter.image(new Area(x, y, width, height), pixels, 0, width);
    painter.finish();
  }

  private static int mask(Drawable on) {
    return on.depth() >= 32 ? -1 : (1 << on.depth()) - 1;
  }

  private void get(Client client, Request r) {
    Drawable of = desktop.resources.drawable(r.i32());
    Area area = r.area();
    int planes = r.i32();
    if (r.data != PLANES && r.data != PIXELS) {
      throw new XError(XError.VALUE, r.data);
    }
    boolean inside = !area.isEmpty() && area.equals(area.intersect(whole(of)));
    if (!inside || of.picture() == null) {
      throw new XError(XError.MATCH, 0);
    }
    if ((long) area.width() * area.height() > MOST) {
      throw new XError(XError.ALLOC, 0);
    }
    int[] pixels = of instanceof Window w ? Compositor.look(w, area) : part(of, area);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= planes;
    }
    byte[] bytes =
        r.data == PIXELS
            ? ImageBytes.ofPixels(pixels, area.width(), of.depth())
            : ImageBytes.ofPlanes(pixels, area.width(), of.depth(), planes);
    int visual = of instanceof Window ? Desktop.VISUAL : 0;
    client.send(Message.reply(of.depth()).i32(visual).to(32).raw(bytes));
  }

  private static Area whole(Drawable of) {
    return new Area(0, 0, of.width(), of.height());
  }

  private void copy(Client client, Request r) {
    Drawable from = desktop.resources.drawable(r.i32());
    Drawable to = desktop.resources.drawable(r.i32());
    if (from.depth() != to.depth()) {
      throw new XError(XError.MATCH, 0);
    }
    copy(client, r, from, to, 0);
  }

  private void copyPlane(Client client, Request r) {
    Drawable from = desktop.resources.drawable(r.i32());
    Drawable to = desktop.resources.drawable(r.i32());
    copy(client, r, from, to, 1);
  }

  private void copy(Client client, Request r, Drawable from, Drawable to, int planes) {
    int id = r.i32();
    Gc gc = desktop.resources.gc(id);
    int fromX = r.s16();
    int fromY = r.s16();
    int toX = r.s16();
    int toY = r.s16();
    int width = r.u16();
    int height = r.u16();
    int plane = planes == 0 ? 0 : r.i32();
    Area source = new Area(fromX, fromY, width, height).intersect(whole(from));
    Area target = source.moved(toX - fromX, toY - fromY).intersect(whole(to));
    if (!target.isEmpty() && from.picture() != null) {
      int[] pixels = part(from, target.moved(fromX - toX, fromY - toY));
      for (int i = 0; planes != 0 && i < pixels.length; i++) {
        pixels[i] = ((pixels[i] & plane) != 0 ? gc.foreground : gc.background) & mask(to);
      }
      Painter painter = new Painter(to, gc);
      painter.image(target, pixels, 0, target.width());
      painter.finish();
    }
    if (gc.exposes) {
      Events.tell(client, Message.event(Events.NO_EXPOSE, 0).i32(idOf(to)).u16(0).u8(r.opcode));
    }
  }

  private static int idOf(Drawable thing) {
    return thing instanceof Window w ? w.id : 0;
  }

  /** A copy of a part of a picture, so that both may be the same. */
  private static int[] part(Drawable of, Area area) {
    Picture picture = of.picture();
    int[] pixels = new int[area.width() * area.height()];
    for (int row = 0; row < area.height(); row++) {
      int y = area.y() + row;
      int columns = y < picture.height ? Math.min(area.width(), picture.width - area.x()) : 0;
      if (columns > 0) {
        int start = y * picture.width + area.x();
        System.arraycopy(picture.pixels, start, pixels, row * area.width(), columns);
      }
    }
    return pixels;
  }
}
