package dev.axon64.linux.display;

import java.util.List;

/** What the server itself can do, and how it is set. */
final class ServerRequests {
  private static final String BIG_REQUESTS = "BIG-REQUESTS";
  private static final int BIG_REQUESTS_OPCODE = 133;

  private final Desktop desktop;

  ServerRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(98, this::extension)
        .on(99, (client, r) -> extensions(client))
        .on(108, (client, r) -> client.send(Message.reply(0).to(32)))
        .on(110, (client, r) -> client.send(Message.reply(0).to(32)))
        .on(113, this::kill)
        .on(BIG_REQUESTS_OPCODE, this::enable);
    for (int opcode : new int[] {107, 109, 111, 112, 115, 127}) {
      all.on(opcode, (client, r) -> {}); // screen savers, access, ends of connections; nothing
    }
  }

  private void extension(Client client, Request r) {
    int length = r.u16();
    r.skip(2);
    boolean known = r.text(length).equals(BIG_REQUESTS);
    Message reply = Message.reply(0);
    client.send(reply.u8(known ? 1 : 0).u8(known ? BIG_REQUESTS_OPCODE : 0).to(32));
  }

  private static void extensions(Client client) {
    client.send(Message.reply(1).to(32).u8(BIG_REQUESTS.length()).text(BIG_REQUESTS));
  }

  private void enable(Client client, Request r) {
    client.bigRequests = true;
    client.send(Message.reply(0).i32(Requests.MOST_WORDS).to(32));
  }

  /** Ends the client that has made something. */
  private void kill(Client client, Request r) {
    int id = r.i32();
    for (Client each : List.copyOf(desktop.clients)) {
      if (each.base == (id & ~Resources.CHOICE) && desktop.resources.find(id) != null) {
        each.dismiss();
      }
    }
  }
}
