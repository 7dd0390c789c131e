package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import java.nio.ByteBuffer;

/** What all three kinds have: a key, a number, owners and permissions (struct ipc64_perm). */
public abstract class IpcObject {
  /** Bytes of the structure, with which the structures of all kinds begin. */
  static final int PERMISSIONS_BYTES = 48;

  /** To read. */
  public static final int READ = 4;

  /** To write, or to change. */
  public static final int WRITE = 2;

  private static final int PRIVATE = 0;

  private final int key;
  private final int creator;
  private final int creatorGroup;
  private int id;
  private int owner;
  private int group;
  private int mode;
  private boolean removed;
  long changed;

  IpcObject(int key, Identity who, int mode, long now) {
    this.key = key;
    this.creator = who.user().effective();
    this.creatorGroup = who.group().effective();
    this.owner = creator;
    this.group = creatorGroup;
    this.mode = mode & 0777;
    this.changed = now;
  }

  /** Its number. */
  public int id() {
    return id;
  }

  void setId(int number) {
    id = number;
  }

  boolean hasKey(int wanted) {
    return wanted != PRIVATE && key == wanted && !removed;
  }

  int key() {
    return removed ? PRIVATE : key;
  }

  int mode() {
    return mode;
  }

  /** Whether it has been removed; whoever waits for it fails with EIDRM. */
  public boolean isRemoved() {
    return removed;
  }

  /** Takes its key away. */
  public void remove() {
    removed = true;
  }

  /** Fails with EACCES if somebody may not do this. */
  public void check(Identity who, int wanted) {
    int user = who.user().effective();
    boolean owns = user == owner || user == creator;
    boolean shares = who.isInGroup(group) || who.isInGroup(creatorGroup);
    int shift = owns ? 6 : shares ? 3 : 0;
    if ((wanted & ~(mode >> shift)) != 0 && !who.can(Capabilities.IPC_OWNER)) {
      throw new SysError(Errno.EACCES);
    }
  }

  /** Fails with EACCES if the permissions that are asked for are more than somebody has. */
  void checkAsked(Identity who, int asked) {
    check(who, (asked >> 6 | asked >> 3 | asked) & (READ | WRITE));
  }

  /** Fails with EPERM if somebody may neither change nor remove it. */
  public void checkOwner(Identity who) {
    int user = who.user().effective();
    if (user != owner && user != creator && !who.can(Capabilities.SYS_ADMIN)) {
      throw new SysError(Errno.EPERM);
    }
  }

  /** Takes owner, group and permissions from a structure (IPC_SET). */
  public void change(ByteBuffer from, long now) {
    owner = from.getInt(4);
    group = from.getInt(8);
    mode = from.getInt(20) & 0777;
    changed = now;
  }

  /** Writes the common part of the structure. */
  void putPermissions(ByteBuffer to, int flags) {
    to.putInt(0, key()).putInt(4, owner).putInt(8, group);
    to.putInt(12, creator).putInt(16, creatorGroup).putInt(20, mode | flags);
    to.putShort(24, (short) (id / IpcTable.MOST_INDICES));
  }
}
