package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Identity;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All objects of one kind, by number. */
public final class IpcTable<T extends IpcObject> {
  /** Numbers are an index and a multiple of this, so that a number is not soon used again. */
  static final int MOST_INDICES = 1 << 15;

  private static final int IPC_CREAT = 01000;
  private static final int IPC_EXCL = 02000;
  private static final int PRIVATE = 0;

  private final TreeMap<Integer, T> byIndex = new TreeMap<>();
  private final int most;
  private int sequence;

  /**
   * @param most how many there may be
   */
  IpcTable(int most) {
    this.most = most;
  }

  /**
   * The object of a key, or a new one (shmget, semget, msgget).
   *
   * @param fits fails if the one that exists is not what is asked for
   */
  public T get(int key, int flags, Identity who, Consumer<T> fits, Supplier<T> make) {
    T known = key == PRIVATE ? null : ofKey(key);
    if (known == null) {
      if (key != PRIVATE && (flags & IPC_CREAT) == 0) {
        throw new SysError(Errno.ENOENT);
      }
      return add(make.get());
    }
    if ((flags & (IPC_CREAT | IPC_EXCL)) == (IPC_CREAT | IPC_EXCL)) {
      throw new SysError(Errno.EEXIST);
    }
    fits.accept(known);
    known.checkAsked(who, flags);
    return known;
  }

  private T ofKey(int key) {
    return byIndex.values().stream().filter(each -> each.hasKey(key)).findFirst().orElse(null);
  }

  private T add(T object) {
    if (byIndex.size() >= most) {
      throw new SysError(Errno.ENOSPC);
    }
    int index = 0;
    while (byIndex.containsKey(index)) {
      index++;
    }
    object.setId(sequence * MOST_INDICES + index);
    sequence = (sequence + 1) % (1 << 15);
    byIndex.put(index, object);
    return object;
  }

  /** The object of a number; fails with EINVAL if there is none. */
  public T of(int id) {
    T object = id < 0 ? null : byIndex.get(id % MOST_INDICES);
    if (object == null || object.id() != id) {
      throw new SysError(Errno.EINVAL);
    }
    return object;
  }

  /** The object at an index; fails with EINVAL if there is none (SHM_STAT and its kin). */
  public T at(int index) {
    T object = byIndex.get(index);
    if (object == null) {
      throw new SysError(Errno.EINVAL);
    }
    return object;
  }

  /** Whether an object is still known. */
  public boolean has(T object) {
    return byIndex.get(object.id() % MOST_INDICES) == object;
  }

  /** Forgets an object. */
  public void remove(T object) {
    object.remove();
    byIndex.remove(object.id() % MOST_INDICES);
  }

  /** All objects, in the order of their indices. */
  public Collection<T> all() {
    return List.copyOf(byIndex.values());
  }

  /** The highest index in use; 0 if there is none. */
  public int highest() {
    return byIndex.isEmpty() ? 0 : byIndex.lastKey();
  }
}
