package dev.axon64.linux.display;

import java.nio.BufferUnderflowException;

/** All requests that are known, by their numbers. */
final class Requests {
  /** The longest request, in words of four bytes. */
  static final int MOST_WORDS = 0x3fffff;

  private static final int SETUP_HEAD = 12;

  private final Handler[] handlers = new Handler[256];
  private final Desktop desktop;

  /** Carries out one kind of request. */
  interface Handler {
    /**
     * Carries it out.
     *
     * @throws XError or BufferUnderflowException if the request is wrong
     */
    void handle(Client client, Request request);
  }

  Requests(Desktop desktop) {
    this.desktop = desktop;
    new WindowRequests(desktop).addTo(this);
    new WindowChanges(desktop).addTo(this);
    new PropertyRequests(desktop).addTo(this);
    new SelectionRequests(desktop).addTo(this);
    new InputRequests(desktop).addTo(this);
    new KeyboardRequests(desktop).addTo(this);
    new ContextRequests(desktop).addTo(this);
    new DrawingRequests(desktop).addTo(this);
    new ImageRequests(desktop).addTo(this);
    new TextRequests(desktop).addTo(this);
    new ColorRequests(desktop).addTo(this);
    new ServerRequests(desktop).addTo(this);
  }

  /** Adds a kind of request. */
  Requests on(int opcode, Handler handler) {
    handlers[opcode] = handler;
    return this;
  }

  /** Carries out a request, or tells the client why not. */
  void carryOut(Client client, Request request) {
    try {
      Handler handler = handlers[request.opcode];
      if (handler == null) {
        throw new XError(XError.REQUEST, 0);
      }
      handler.handle(client, request);
    } catch (XError e) {
      fail(client, request, e.code, e.value);
    } catch (BufferUnderflowException e) {
      fail(client, request, XError.LENGTH, 0);
    }
  }

  private static void fail(Client client, Request request, int code, int value) {
    client.send(Message.event(0, code).i32(value).u16(0).u8(request.opcode).to(32));
  }

  /** The length of what a client begins with; 0 if it has not come as a whole. */
  int setupLength(byte[] bytes, int at, int count) {
    if (count < SETUP_HEAD) {
      return 0;
    }
    int name = bytes[at + 6] & 0xff | (bytes[at + 7] & 0xff) << 8;
    int data = bytes[at + 8] & 0xff | (bytes[at + 9] & 0xff) << 8;
    int length = SETUP_HEAD + (name + 3 & ~3) + (data + 3 & ~3);
    return count < length ? 0 : length;
  }

  /** Tells a new client about the display; returns whether it may stay. */
  boolean setup(Client client, int byteOrder) {
    boolean fits = byteOrder == 'l';
    client.greet(fits ? Setup.accept(client, desktop) : Setup.refuse());
    return fits;
  }
}
