package dev.axon64.linux.display;

/** Fonts, of which there is one, and text. */
final class TextRequests {
  private static final String NAME = "fixed";
  private static final int FONT_CHANGE = 255;

  private final Desktop desktop;

  TextRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(45, (client, r) -> desktop.resources.add(client, r.i32(), Font.FIXED))
        .on(46, this::close)
        .on(47, this::query)
        .on(48, this::extents)
        .on(49, (client, r) -> names(client))
        .on(50, (client, r) -> client.send(Message.reply(0).to(60)))
        .on(51, (client, r) -> {})
        .on(52, (client, r) -> client.send(Message.reply(0).to(32)))
        .on(74, (client, r) -> poly(r, 1))
        .on(75, (client, r) -> poly(r, 2))
        .on(76, (client, r) -> image(r, 1))
        .on(77, (client, r) -> image(r, 2));
  }

  private void close(Client client, Request r) {
    int id = r.i32();
    if (!(desktop.resources.find(id) instanceof Font)) {
      throw new XError(XError.FONT, id);
    }
    desktop.resources.remove(id);
  }

  private static Message metrics(Message message) {
    return message.u16(0).u16(Font.WIDTH).u16(Font.WIDTH).u16(Font.ASCENT).u16(Font.DESCENT).u16(0);
  }

  /** Tells the sizes once, which all characters have. */
  private void query(Client client, Request r) {
    desktop.resources.checkFont(r.i32());
    Message reply = metrics(Message.reply(0)).i32(0);
    metrics(reply).i32(0).u16(0).u16(255).u16(' ').u16(0);
    reply.u8(0).u8(0).u8(0).u8(1).u16(Font.ASCENT).u16(Font.DESCENT).i32(0);
    client.send(reply);
  }

  private void extents(Client client, Request r) {
    desktop.resources.checkFont(r.i32());
    int count = r.left() / 2 - (r.data != 0 ? 1 : 0);
    int width = Math.max(0, count) * Font.WIDTH;
    client.send(
        Message.reply(0)
            .u16(Font.ASCENT)
            .u16(Font.DESCENT)
            .u16(Font.ASCENT)
            .u16(Font.DESCENT)
            .i32(width)
            .i32(0)
            .i32(width)
            .to(32));
  }

  private static void names(Client client) {
    client.send(Message.reply(0).u16(1).to(32).u8(NAME.length()).text(NAME));
  }

  private Text text(Request r) {
    return new Text(desktop.resources.drawable(r.i32()), desktop.resources.gc(r.i32()));
  }

  /** Draws strings, which fonts and steps to the right may be between. */
  private void poly(Request r, int bytes) {
    Text text = text(r);
    int x = r.s16();
    int y = r.s16();
    while (r.left() >= 2) {
      int count = r.u8();
      if (count == FONT_CHANGE) {
        r.skip(4);
        continue;
      }
      x += (byte) r.u8();
      if (count * bytes > r.left()) {
        break; // what fills the request up
      }
      x += text.draw(characters(r, count, bytes), x, y);
    }
    text.finish();
  }

  private void image(Request r, int bytes) {
    Text text = text(r);
    int x = r.s16();
    int y = r.s16();
    text.drawOpaque(characters(r, r.data, bytes), x, y);
    text.finish();
  }

  /** Characters of one byte or two; those beyond Latin 1 are shown as question marks. */
  private static int[] characters(Request r, int count, int bytes) {
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      int high = bytes == 2 ? r.u8() : 0;
      int low = r.u8();
      all[i] = high == 0 ? low : '?';
    }
    return all;
  }
}
