package dev.axon64.linux.display;

/** Where the pointer and the keyboard are, and who has them. */
final class InputRequests {
  private static final int SUCCESS = 0;
  private static final int ALREADY_GRABBED = 1;
  private static final int NOT_VIEWABLE = 3;

  private final Desktop desktop;

  InputRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(26, this::grabPointer)
        .on(27, (client, r) -> ungrabPointer(client))
        .on(31, this::grabKeyboard)
        .on(32, (client, r) -> ungrabKeyboard(client))
        .on(38, this::queryPointer)
        .on(39, (client, r) -> client.send(Message.reply(0).i32(0).to(32)))
        .on(41, this::warp)
        .on(42, this::setFocus)
        .on(43, this::focus);
    for (int opcode : new int[] {28, 29, 30, 33, 34, 35, 36, 37}) {
      all.on(opcode, (client, r) -> {}); // grabs that come into force later, or of the server
    }
  }

  private static void status(Client client, int status) {
    client.send(Message.reply(status).to(32));
  }

  private void grabPointer(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    int mask = r.u16();
    Seat.Grab old = desktop.seat.pointerGrab;
    if (old != null && old.client() != client) {
      status(client, ALREADY_GRABBED);
    } else if (!w.isViewable()) {
      status(client, NOT_VIEWABLE);
    } else {
      desktop.seat.grabPointer(new Seat.Grab(client, w, r.data != 0, mask));
      status(client, SUCCESS);
    }
  }

  private void ungrabPointer(Client client) {
    Seat.Grab grab = desktop.seat.pointerGrab;
    if (grab != null && grab.client() == client) {
      desktop.seat.grabPointer(null);
      desktop.seat.cross();
    }
  }

  private void grabKeyboard(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    Seat.Grab old = desktop.seat.keyboardGrab;
    if (old != null && old.client() != client) {
      status(client, ALREADY_GRABBED);
    } else if (!w.isViewable()) {
      status(client, NOT_VIEWABLE);
    } else {
      desktop.seat.keyboardGrab = new Seat.Grab(client, w, r.data != 0, 0);
      status(client, SUCCESS);
    }
  }

  private void ungrabKeyboard(Client client) {
    Seat.Grab grab = desktop.seat.keyboardGrab;
    if (grab != null && grab.client() == client) {
      desktop.seat.keyboardGrab = null;
    }
  }

  private void queryPointer(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    Seat seat = desktop.seat;
    Window child = seat.childAt(w);
    client.send(
        Message.reply(1)
            .i32(Desktop.ROOT)
            .i32(child == null ? 0 : child.id)
            .u16(seat.x)
            .u16(seat.y)
            .u16(seat.x - w.rootX())
            .u16(seat.y - w.rootY())
            .u16(seat.state())
            .to(32));
  }

  private void warp(Client client, Request r) {
    int from = r.i32();
    int to = r.i32();
    Area area = r.area();
    int x = r.s16();
    int y = r.s16();
    Seat seat = desktop.seat;
    if (from != 0) {
      Window w = desktop.resources.window(from);
      int width = area.width() == 0 ? w.width : area.width();
      int height = area.height() == 0 ? w.height : area.height();
      Area within = new Area(area.x() + w.rootX(), area.y() + w.rootY(), width, height);
      if (!within.holds(seat.x, seat.y)) {
        return;
      }
    }
    if (to == 0) {
      seat.moveTo(seat.x + x, seat.y + y);
    } else {
      Window w = desktop.resources.window(to);
      seat.moveTo(w.rootX() + x, w.rootY() + y);
    }
  }

  private void setFocus(Client client, Request r) {
    int id = r.i32();
    if (id == Seat.NO_FOCUS || id == Seat.POINTER_ROOT) {
      desktop.seat.focus().set(null, id);
      return;
    }
    Window w = desktop.resources.window(id);
    if (!w.isViewable()) {
      throw new XError(XError.MATCH, id);
    }
    desktop.seat.focus().set(w, Seat.POINTER_ROOT);
  }

  private void focus(Client client, Request r) {
    client.send(Message.reply(1).i32(desktop.seat.focus().id()).to(32));
  }
}
