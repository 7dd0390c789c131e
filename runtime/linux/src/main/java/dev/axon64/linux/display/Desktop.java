package dev.axon64.linux.display;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What all clients of a display share. */
final class Desktop {
  static final int ROOT = 1;
  static final int COLORMAP = 2;
  static final int VISUAL = 3;
  static final int DEPTH = 24;

  private static final int COLOR = 0x2d3b45;

  /** Who has a selection. */
  record Owner(Window window, Client client, int time) {}

  final Resources resources = new Resources();
  final Atoms atoms = new Atoms();
  final Picture.Budget budget = new Picture.Budget();
  final List<Client> clients = new ArrayList<>();
  final Map<Integer, Owner> selections = new HashMap<>();
  final Compositor compositor;
  final Window root;
  final Events events;
  final Seat seat;
  final WindowTree tree;
  private final LongSupplier clock;

  /**
   * An empty screen.
   *
   * @param clock tells milliseconds
   */
  Desktop(Screen screen, LongSupplier clock) {
    this.clock = clock;
    Area all = new Area(0, 0, screen.width(), screen.height());
    root = new Window(this, ROOT, null, all, DEPTH, false);
    root.mapped = true;
    root.hasBackground = true;
    root.background = COLOR;
    root.colormap = COLORMAP;
    compositor = new Compositor(this, screen);
    events = new Events(this);
    seat = new Seat(this);
    tree = new WindowTree(this);
    resources.addOwn(ROOT, root);
    resources.addOwn(COLORMAP, Resources.Plain.COLORMAP);
    root.realize();
    compositor.show();
  }

  /** The time of an event, which is never 0. */
  int now() {
    return (int) Math.max(1, clock.getAsLong() & 0xffffffffL);
  }
}
