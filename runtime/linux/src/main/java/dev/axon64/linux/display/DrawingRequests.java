package dev.axon64.linux.display;

/** Draws points, lines and shapes. */
final class DrawingRequests {
  /** The most corners of a polygon. */
  private static final int MOST_CORNERS = 1 << 14;

  private static final int PREVIOUS = 1;

  private final Desktop desktop;

  DrawingRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(61, this::clear)
        .on(64, drawing(this::points))
        .on(65, drawing(this::lines))
        .on(66, drawing(DrawingRequests::segments))
        .on(67, drawing(DrawingRequests::rectangles))
        .on(68, drawing(DrawingRequests::arcs))
        .on(69, drawing(this::polygon))
        .on(71, drawing(DrawingRequests::fillArcs))
        .on(70, this::fill);
  }

  /** Draws what a request tells. */
  private interface Drawing {
    void draw(Shapes shapes, Request request);
  }

  private Requests.Handler drawing(Drawing drawing) {
    return (client, r) -> {
      Drawable on = desktop.resources.drawable(r.i32());
      Gc gc = desktop.resources.gc(r.i32());
      Painter painter = new Painter(on, gc);
      drawing.draw(new Shapes(painter, gc), r);
      painter.finish();
    };
  }

  private void clear(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    if (w.inputOnly) {
      throw new XError(XError.MATCH, w.id);
    }
    Area given = r.area();
    int width = given.width() == 0 ? w.width - given.x() : given.width();
    int height = given.height() == 0 ? w.height - given.y() : given.height();
    Area area = new Area(given.x(), given.y(), width, height).intersect(w.area());
    w.clear(area);
    if (r.data != 0) {
      desktop.events.expose(w, area);
    }
  }

  /** Reads points, each perhaps from the one before. */
  private int[][] path(Request r, int count) {
    int[][] points = new int[2][count];
    for (int i = 0; i < count; i++) {
      boolean relative = r.data == PREVIOUS && i > 0;
      points[0][i] = r.s16() + (relative ? points[0][i - 1] : 0);
      points[1][i] = r.s16() + (relative ? points[1][i - 1] : 0);
    }
    return points;
  }

  private void points(Shapes shapes, Request r) {
    int[][] points = path(r, r.left() / 4);
    for (int i = 0; i < points[0].length; i++) {
      shapes.point(points[0][i], points[1][i]);
    }
  }

  private void lines(Shapes shapes, Request r) {
    int[][] points = path(r, r.left() / 4);
    for (int i = 0; i + 1 < points[0].length; i++) {
      shapes.line(points[0][i], points[1][i], points[0][i + 1], points[1][i + 1]);
    }
  }

  private static void segments(Shapes shapes, Request r) {
    while (r.left() >= 8) {
      shapes.line(r.s16(), r.s16(), r.s16(), r.s16());
    }
  }

  private static void rectangles(Shapes shapes, Request r) {
    while (r.left() >= 8) {
      shapes.rectangle(r.area());
    }
  }

  private static void arcs(Shapes shapes, Request r) {
    while (r.left() >= 12) {
      shapes.arc(r.area(), r.s16(), r.s16());
    }
  }

  private static void fillArcs(Shapes shapes, Request r) {
    while (r.left() >= 12) {
      shapes.fillArc(r.area(), r.s16(), r.s16());
    }
  }

  private void polygon(Shapes shapes, Request r) {
    r.skip(1);
    boolean relative = r.u8() == PREVIOUS;
    r.skip(2);
    int count = r.left() / 4;
    if (count > MOST_CORNERS) {
      throw new XError(XError.ALLOC, 0);
    }
    double[] xs = new double[count];
    double[] ys = new double[count];
    for (int i = 0; i < count; i++) {
      xs[i] = r.s16() + (relative && i > 0 ? xs[i - 1] : 0);
      ys[i] = r.s16() + (relative && i > 0 ? ys[i - 1] : 0);
    }
    shapes.polygon(xs, ys);
  }

  private void fill(Client client, Request r) {
    Drawable on = desktop.resources.drawable(r.i32());
    Painter painter = new Painter(on, desktop.resources.gc(r.i32()));
    while (r.left() >= 8) {
      painter.fill(r.area());
    }
    painter.finish();
  }
}
