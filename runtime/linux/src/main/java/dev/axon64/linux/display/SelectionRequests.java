package dev.axon64.linux.display;

import dev.axon64.linux.display.Desktop.Owner;
import java.util.List;

/** What clients have selected, and the events that they send one another. */
final class SelectionRequests {
  private static final int POINTER_WINDOW = 0;
  private static final int INPUT_FOCUS = 1;
  private static final int EVENT = 32;

  private final Desktop desktop;

  SelectionRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(22, this::own).on(23, this::owner).on(24, this::convert).on(25, this::send);
  }

  private void own(Client client, Request r) {
    int id = r.i32();
    int selection = r.i32();
    int time = r.i32();
    Window w = id == 0 ? null : desktop.resources.window(id);
    desktop.atoms.check(selection);
    int since = time == 0 ? desktop.now() : time;
    Owner old =
        w == null
            ? desktop.selections.remove(selection)
            : desktop.selections.put(selection, new Owner(w, client, since));
    if (old != null && old.window() != w) {
      Events.tell(
          old.client(),
          Message.event(Events.SELECTION_CLEAR, 0).i32(since).i32(old.window().id).i32(selection));
    }
  }

  private void owner(Client client, Request r) {
    int selection = r.i32();
    desktop.atoms.check(selection);
    Owner owner = desktop.selections.get(selection);
    client.send(Message.reply(0).i32(owner == null ? 0 : owner.window().id).to(EVENT));
  }

  private void convert(Client client, Request r) {
    int requestor = r.i32();
    int selection = r.i32();
    int target = r.i32();
    int property = r.i32();
    int time = r.i32();
    desktop.resources.window(requestor);
    Owner owner = desktop.selections.get(selection);
    if (owner == null) {
      Message none = Message.event(Events.SELECTION, 0).i32(time).i32(requestor);
      Events.tell(client, none.i32(selection).i32(target).i32(0));
      return;
    }
    Message asks = Message.event(Events.SELECTION_REQUEST, 0).i32(time);
    asks.i32(owner.window().id).i32(requestor);
    Events.tell(owner.client(), asks.i32(selection).i32(target).i32(property));
  }

  private void send(Client client, Request r) {
    int id = r.i32();
    int mask = r.i32();
    byte[] event = r.bytes(EVENT);
    event[0] |= (byte) 0x80;
    Window to =
        switch (id) {
          case POINTER_WINDOW -> desktop.seat.under();
          case INPUT_FOCUS -> desktop.seat.focus().window(desktop.seat.under());
          default -> desktop.resources.window(id);
        };
    if (to == null) {
      return;
    }
    if (mask == 0) {
      for (Client each : List.copyOf(desktop.clients)) {
        if (each.base == (to.id & ~Resources.CHOICE)) {
          each.sendEvent(event);
        }
      }
      return;
    }
    Window at = to;
    while (r.data != 0 && at.parent != null && (at.wanted() & mask) == 0) {
      at = at.parent;
    }
    at.masks.forEach(
        (each, wanted) -> {
          if ((wanted & mask) != 0) {
            each.sendEvent(event);
          }
        });
  }
}
