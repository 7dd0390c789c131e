package dev.axon64.linux.display;

import dev.axon64.linux.display.Window.Property;
import java.util.Arrays;

/** Names with numbers, and what windows are described by. */
final class PropertyRequests {
  /** Bytes that a property may have. */
  private static final int MOST = 1 << 22;

  /** Properties that a window may have. */
  private static final int MOST_PROPERTIES = 256;

  private static final int REPLACE = 0;
  private static final int PREPEND = 1;

  private final Desktop desktop;

  PropertyRequests(Desktop desktop) {
    this.desktop = desktop;
  }

  void addTo(Requests all) {
    all.on(16, this::intern)
        .on(17, this::name)
        .on(18, this::change)
        .on(19, this::delete)
        .on(20, this::get)
        .on(21, this::list);
  }

  private void intern(Client client, Request r) {
    int length = r.u16();
    r.skip(2);
    String name = r.text(length);
    int atom = r.data != 0 ? desktop.atoms.find(name) : desktop.atoms.intern(name);
    client.send(Message.reply(0).i32(atom).to(32));
  }

  private void name(Client client, Request r) {
    String name = desktop.atoms.name(r.i32());
    client.send(Message.reply(0).u16(name.length()).to(32).text(name));
  }

  private void change(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    int atom = r.i32();
    int type = r.i32();
    int format = r.u8();
    r.skip(3);
    desktop.atoms.check(atom);
    desktop.atoms.check(type);
    if (format != 8 && format != 16 && format != 32) {
      throw new XError(XError.VALUE, format);
    }
    long length = (r.i32() & 0xffffffffL) * (format / 8);
    if (length > r.left()) {
      throw new XError(XError.LENGTH, 0);
    }
    byte[] value = r.bytes((int) length);
    Property old = w.properties.get(atom);
    if (r.data != REPLACE && old != null) {
      if (old.type() != type || old.format() != format) {
        throw new XError(XError.MATCH, atom);
      }
      value = r.data == PREPEND ? joined(value, old.value()) : joined(old.value(), value);
    }
    long all = w.properties.values().stream().mapToLong(p -> p.value().length).sum();
    boolean full = old == null && w.properties.size() >= MOST_PROPERTIES;
    if (full || all + value.length > MOST) {
      throw new XError(XError.ALLOC, atom);
    }
    w.properties.put(atom, new Property(type, format, value));
    desktop.events.propertyChanged(w, atom, false);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private void delete(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    int atom = r.i32();
    desktop.atoms.check(atom);
    if (w.properties.remove(atom) != null) {
      desktop.events.propertyChanged(w, atom, true);
    }
  }

  private void get(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    int atom = r.i32();
    int type = r.i32();
    long from = 4 * (r.i32() & 0xffffffffL);
    long most = 4 * (r.i32() & 0xffffffffL);
    desktop.atoms.check(atom);
    Property property = w.properties.get(atom);
    if (property == null) {
      client.send(Message.reply(0).to(32));
      return;
    }
    byte[] value = property.value();
    if (type != 0 && type != property.type()) {
      client.send(Message.reply(property.format()).i32(property.type()).i32(value.length).to(32));
      return;
    }
    if (from > value.length) {
      throw new XError(XError.VALUE, (int) from);
    }
    int count = (int) Math.min(most, value.length - from);
    int after = value.length - (int) from - count;
    byte[] part = Arrays.copyOfRange(value, (int) from, (int) from + count);
    Message reply = Message.reply(property.format()).i32(property.type()).i32(after);
    client.send(reply.i32(count / (property.format() / 8)).to(32).raw(part));
    if (r.data != 0 && after == 0) {
      w.properties.remove(atom);
      desktop.events.propertyChanged(w, atom, true);
    }
  }

  private void list(Client client, Request r) {
    Window w = desktop.resources.window(r.i32());
    Message reply = Message.reply(0).u16(w.properties.size()).to(32);
    w.properties.keySet().forEach(reply::i32);
    client.send(reply);
  }
}
