package dev.axon64.linux.display;

/** How keyboard and pointer are set. */
final class KeyboardRequests {
  private static final int FAILED = 2;

  private final Desktop desktop;

  KeyboardRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(44, this::pressed)
        .on(101, this::mapping)
        .on(103, this::control)
        .on(106, (client, r) -> client.send(Message.reply(0).u16(1).u16(1).u16(1).to(32)))
        .on(116, (client, r) -> client.send(Message.reply(FAILED).to(32)))
        .on(117, (client, r) -> buttons(client))
        .on(118, (client, r) -> client.send(Message.reply(FAILED).to(32)))
        .on(119, (client, r) -> modifiers(client));
    for (int opcode : new int[] {100, 102, 104, 105}) {
      all.on(opcode, (client, r) -> {}); // other meanings, lamps, the bell, acceleration
    }
  }

  private void pressed(Client client, Request r) {
    Message reply = Message.reply(0);
    byte[] bits = new byte[32];
    byte[] down = desktop.seat.keys.toByteArray();
    System.arraycopy(down, 0, bits, 0, Math.min(down.length, bits.length));
    client.send(reply.raw(bits));
  }

  private void mapping(Client client, Request r) {
    int first = r.u8();
    int count = r.u8();
    if (first < Keys.FIRST || first + count - 1 > Keys.LAST) {
      throw new XError(XError.VALUE, first);
    }
    Message reply = Message.reply(Keys.LEVELS).to(32);
    for (int code = first; code < first + count; code++) {
      for (int level = 0; level < Keys.LEVELS; level++) {
        reply.i32(Keys.meaning(code, level));
      }
    }
    client.send(reply);
  }

  private void control(Client client, Request r) {
    Message reply = Message.reply(1).i32(0).u8(0).u8(50).u16(400).u16(100).u16(0);
    client.send(reply.to(52));
  }

  private static void buttons(Client client) {
    Message reply = Message.reply(5).to(32);
    for (int button = 1; button <= 5; button++) {
      reply.u8(button);
    }
    client.send(reply);
  }

  private static void modifiers(Client client) {
    Message reply = Message.reply(Keys.MODIFIERS.length / 8).to(32);
    for (int code : Keys.MODIFIERS) {
      reply.u8(code);
    }
    client.send(reply);
  }
}
