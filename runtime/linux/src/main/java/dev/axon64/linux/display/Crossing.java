package dev.axon64.linux.display;

import java.util.ArrayList;
import java.util.List;

/** Tells windows that the pointer leaves or enters them, in the protocol's order. */
final class Crossing {
  private static final int ANCESTOR = 0;
  private static final int VIRTUAL = 1;
  private static final int INFERIOR = 2;
  private static final int NONLINEAR = 3;
  private static final int NONLINEAR_VIRTUAL = 4;
  private static final int SAME_SCREEN = 2;

  private final Desktop desktop;

  Crossing(Desktop desktop) {
    this.desktop = desktop;
  }

  void tell(Window from, Window to) {
    Window common = from;
    while (common != null && !to.isWithin(common)) {
      common = common.parent;
    }
    boolean straight = common == from || common == to;
    int between = straight ? VIRTUAL : NONLINEAR_VIRTUAL;
    tell(Events.LEAVE, from, detail(from, to, straight));
    for (Window at : above(from, common)) {
      tell(Events.LEAVE, at, between);
    }
    for (Window at : above(to, common).reversed()) {
      tell(Events.ENTER, at, between);
    }
    tell(Events.ENTER, to, detail(to, from, straight));
  }

  private static int detail(Window of, Window other, boolean straight) {
    return straight ? other.isWithin(of) ? INFERIOR : ANCESTOR : NONLINEAR;
  }

  private static List<Window> above(Window window, Window common) {
    List<Window> all = new ArrayList<>();
    if (window == common) {
      return all;
    }
    for (Window at = window.parent; at != null && at != common; at = at.parent) {
      all.add(at);
    }
    return all;
  }

  private void tell(int event, Window window, int detail) {
    Seat seat = desktop.seat;
    int focus = seat.focus().isWithin(window) ? 1 : 0;
    desktop.events.tell(
        window,
        event == Events.ENTER ? Events.ENTER_MASK : Events.LEAVE_MASK,
        Message.event(event, detail)
            .i32(desktop.now())
            .i32(Desktop.ROOT)
            .i32(window.id)
            .i32(0)
            .u16(seat.x)
            .u16(seat.y)
            .u16(seat.x - window.rootX())
            .u16(seat.y - window.rootY())
            .u16(seat.state())
            .u8(0)
            .u8(SAME_SCREEN | focus));
  }
}
