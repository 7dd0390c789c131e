package dev.axon64.linux.display;

import java.util.Locale;
import java.util.Map;

/** Colors, which are what their pixels say, and cursors, which whoever looks at us draws. */
final class ColorRequests {
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("black", 0),
          Map.entry("white", 0xffffff),
          Map.entry("red", 0xff0000),
          Map.entry("green", 0xff00),
          Map.entry("blue", 0xff),
          Map.entry("yellow", 0xffff00),
          Map.entry("cyan", 0xffff),
          Map.entry("magenta", 0xff00ff),
          Map.entry("gray", 0xbebebe),
          Map.entry("grey", 0xbebebe),
          Map.entry("lightgray", 0xd3d3d3),
          Map.entry("lightgrey", 0xd3d3d3),
          Map.entry("darkgray", 0xa9a9a9),
          Map.entry("orange", 0xffa500),
          Map.entry("brown", 0xa52a2a),
          Map.entry("purple", 0xa020f0),
          Map.entry("pink", 0xffc0cb),
          Map.entry("navy", 0x80),
          Map.entry("steelblue", 0x4682b4));

  private final Desktop desktop;

  ColorRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(78, this::create)
        .on(79, (client, r) -> free(r, Resources.Plain.COLORMAP))
        .on(80, (client, r) -> add(client, r, Resources.Plain.COLORMAP))
        .on(81, (client, r) -> colormap(r))
        .on(82, (client, r) -> colormap(r))
        .on(83, (client, r) -> installed(client))
        .on(84, this::alloc)
        .on(85, (client, r) -> named(client, r, true))
        .on(88, (client, r) -> colormap(r))
        .on(91, this::query)
        .on(92, (client, r) -> named(client, r, false))
        .on(93, (client, r) -> add(client, r, Resources.Plain.CURSOR))
        .on(94, (client, r) -> add(client, r, Resources.Plain.CURSOR))
        .on(95, (client, r) -> free(r, Resources.Plain.CURSOR))
        .on(96, (client, r) -> desktop.resources.check(Resources.Plain.CURSOR, r.i32()))
        .on(97, this::bestSize);
    for (int opcode : new int[] {86, 87, 89, 90}) {
      all.on(opcode, ColorRequests::refuse);
    }
  }

  /** Pixels always have their own colors, so that nobody can give them others. */
  private static void refuse(Client client, Request r) {
    throw new XError(XError.ACCESS, r.i32());
  }

  private void colormap(Request r) {
    desktop.resources.check(Resources.Plain.COLORMAP, r.i32());
  }

  private void add(Client client, Request r, Resources.Plain kind) {
    desktop.resources.add(client, r.i32(), kind);
  }

  private void free(Request r, Resources.Plain kind) {
    int id = r.i32();
    desktop.resources.check(kind, id);
    if (id != Desktop.COLORMAP) {
      desktop.resources.remove(id);
    }
  }

  private void create(Client client, Request r) {
    int id = r.i32();
    desktop.resources.window(r.i32());
    int visual = r.i32();
    if (visual != Desktop.VISUAL || r.data != 0) {
      throw new XError(XError.MATCH, visual);
    }
    desktop.resources.add(client, id, Resources.Plain.COLORMAP);
  }

  private static void installed(Client client) {
    client.send(Message.reply(0).u16(1).to(32).i32(Desktop.COLORMAP));
  }

  private void alloc(Client client, Request r) {
    colormap(r);
    int rgb = (r.u16() >> 8) << 16 | (r.u16() >> 8) << 8 | r.u16() >> 8;
    Message reply = Message.reply(0);
    parts(reply, rgb);
    client.send(reply.u16(0).i32(rgb).to(32));
  }

  /** The three parts of a color, with 16 bits each. */
  private static void parts(Message to, int rgb) {
    for (int shift = 16; shift >= 0; shift -= 8) {
      to.u16((rgb >> shift & 0xff) * 0x101);
    }
  }

  private void named(Client client, Request r, boolean allocates) {
    colormap(r);
    int length = r.u16();
    r.skip(2);
    String name = r.text(length).toLowerCase(Locale.ROOT).replace(" ", "");
    Integer rgb = NAMES.get(name);
    if (rgb == null) {
      rgb = shade(name);
    }
    Message reply = Message.reply(0);
    if (allocates) {
      reply.i32(rgb);
    }
    parts(reply, rgb);
    parts(reply, rgb);
    client.send(reply.to(32));
  }

  /** A gray of so many percent, such as gray50. */
  private static int shade(String name) {
    if (!name.matches("gr[ae]y(100|\\d?\\d)")) {
      throw new XError(XError.NAME, 0);
    }
    return Integer.parseInt(name.substring(4)) * 255 / 100 * 0x10101;
  }

  private void query(Client client, Request r) {
    colormap(r);
    int count = r.left() / 4;
    Message reply = Message.reply(0).u16(count).to(32);
    for (int i = 0; i < count; i++) {
      parts(reply, r.i32());
      reply.u16(0);
    }
    client.send(reply);
  }

  private void bestSize(Client client, Request r) {
    r.skip(4);
    client.send(Message.reply(0).u16(r.u16()).u16(r.u16()).to(32));
  }
}
