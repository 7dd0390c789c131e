package dev.axon64.linux.display;

import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.fs.SocketNode;
import dev.axon64.linux.net.Credentials;
import dev.axon64.linux.net.HostService;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.net.UnixSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Lets guests connect to a display, as display :0. Only the machine's thread uses it. */
public final class XServer implements HostService {
  /** What a guest's environment has to say. */
  private static final Credentials OWNER = new Credentials(0, 0, 0);

  public static final String VARIABLE = "DISPLAY=:0";

  /** Where its socket is in the tree of files. */
  public static final String FOLDER = ".X11-unix";

  public static final String NAME = "X0";
  private static final String PATH = "/tmp/" + FOLDER + "/" + NAME;

  private static final int MOST_CLIENTS = 256;
  private static final int BACKLOG = 128;

  private final Display display;
  private final Desktop desktop;
  private final Requests requests;
  private final List<UnixSocket> listeners = new ArrayList<>();
  private int lastBase;

  /**
   * A server that nobody can connect to yet.
   *
   * @param milliseconds tells the time
   */
  public XServer(Display display, LongSupplier milliseconds) {
    this.display = display;
    this.desktop = new Desktop(display.screen(), milliseconds);
    this.requests = new Requests(desktop);
  }

  /**
   * Begins to listen.
   *
   * @param node its name in the tree of files, beside the abstract one; null for none
   */
  public void listen(Network network, SocketNode node) {
    UnixSocket hidden = UnixSocket.create(network, SocketNumbers.SOCK_STREAM);
    hidden.bind(new UnixAddress("\0" + PATH), Credentials.NONE);
    listen(hidden);
    if (node != null) {
      UnixSocket named = UnixSocket.create(network, SocketNumbers.SOCK_STREAM);
      named.bind(new UnixAddress(PATH), node);
      listen(named);
    }
  }

  private void listen(UnixSocket socket) {
    socket.retain();
    socket.belongTo(OWNER);
    socket.listen(BACKLOG, Credentials.NONE);
    listeners.add(socket);
  }

  @Override
  public void poll() {
    for (UnixSocket listener : listeners) {
      for (Socket next = listener.accept(); next != null; next = listener.accept()) {
        accept(next);
      }
    }
    for (Input input = display.poll(); input != null; input = display.poll()) {
      desktop.seat.take(input);
    }
    for (Client client : List.copyOf(desktop.clients)) {
      client.serve();
    }
    for (Client client : List.copyOf(desktop.clients)) {
      if (client.isClosed()) {
        end(client);
      }
    }
    desktop.compositor.show();
  }

  private void accept(Socket socket) {
    socket.belongTo(OWNER);
    if (desktop.clients.size() >= MOST_CLIENTS) {
      socket.release();
      return;
    }
    do {
      lastBase = lastBase % MOST_CLIENTS + 1;
    } while (desktop.clients.stream().anyMatch(client -> client.base == base(lastBase)));
    desktop.clients.add(new Client(base(lastBase), socket, requests));
  }

  private static int base(int number) {
    return number * (Resources.CHOICE + 1);
  }

  /** Lets a client go, with all that it has made. */
  private void end(Client client) {
    desktop.clients.remove(client);
    client.end();
    desktop.resources.windows().forEach(window -> window.masks.remove(client));
    desktop.selections.values().removeIf(owner -> owner.client() == client);
    desktop.seat.gone(client);
    for (int id : desktop.resources.of(client)) {
      free(desktop.resources.find(id));
      desktop.resources.remove(id);
    }
  }

  private void free(Object thing) {
    if (thing instanceof Window window) {
      desktop.tree.destroy(window);
    } else if (thing instanceof Pixmap pixmap) {
      pixmap.picture().free();
    } else if (thing instanceof Gc gc) {
      gc.free();
    }
  }

  @Override
  public boolean isAwaited() {
    return display.isAttended() && !desktop.clients.isEmpty();
  }
}
