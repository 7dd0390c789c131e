package dev.axon64.linux.process;

import dev.axon64.linux.fs.FileOwner;
import dev.axon64.linux.fs.Notices;

/** Sends the owner of an open folder a signal when something happens in it (F_NOTIFY). */
public final class FolderAlert implements Notices.Listener {
  /** Goes on after the first signal, among what is wanted. */
  public static final int MULTISHOT = 0x8000_0000;

  private static final int ACCESS = 0x1;
  private static final int MODIFY = 0x2;
  private static final int CREATE = 0x4;
  private static final int DELETE = 0x8;
  private static final int RENAME = 0x10;
  private static final int ATTRIB = 0x20;

  private final Notices notices;
  private final Notices.Id id;
  private final FileOwner owner;
  private final OwnerAlert alert;
  private int wanted;
  private int movedFrom;

  /**
   * An alert that is told of nothing yet.
   *
   * @param id of the folder
   * @param descriptor that a signal other than SIGIO tells
   */
  public FolderAlert(Kernel kernel, Notices.Id id, FileOwner owner, int descriptor) {
    this.notices = kernel.notices;
    this.id = id;
    this.owner = owner;
    this.alert = new OwnerAlert(kernel, owner, descriptor);
    notices.add(id, this);
  }

  /** Wants signals for more (DN bits). */
  public void add(int bits) {
    wanted |= bits;
  }

  @Override
  public void happened(int event, int cookie, String name) {
    send(bits(event));
    if ((event & Notices.MOVED_FROM) != 0) {
      movedFrom = cookie;
    } else if ((event & Notices.MOVED_TO) != 0 && cookie == movedFrom) {
      send(RENAME); // within the folder
    }
  }

  private void send(int bits) {
    if ((bits & wanted) != 0) {
      alert.tellMessage();
      if ((wanted & MULTISHOT) == 0) {
        gone();
      }
    }
  }

  private static int bits(int event) {
    return bit(event, Notices.ACCESS, ACCESS)
        | bit(event, Notices.MODIFY, MODIFY)
        | bit(event, Notices.CREATE | Notices.MOVED_TO, CREATE)
        | bit(event, Notices.DELETE | Notices.MOVED_FROM, DELETE)
        | bit(event, Notices.ATTRIB, ATTRIB);
  }

  private static int bit(int event, int which, int bit) {
    return (event & which) != 0 ? bit : 0;
  }

  @Override
  public void gone() {
    wanted = 0;
    notices.remove(id, this);
    owner.folder = null;
  }
}
