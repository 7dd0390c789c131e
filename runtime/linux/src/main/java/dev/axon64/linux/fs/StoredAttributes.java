package dev.axon64.linux.fs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Extended attributes in memory, which take room of their file system. */
final class StoredAttributes implements ExtendedAttributes {
  private final MemoryStore store;
  private final Map<String, byte[]> values = new LinkedHashMap<>();

  StoredAttributes(MemoryStore store) {
    this.store = store;
  }

  private static long room(String name, byte[] value) {
    return 64L + name.length() + value.length;
  }

  @Override
  public byte[] get(String name) {
    return values.get(name);
  }

  @Override
  public void set(String name, byte[] value) {
    store.take(room(name, value));
    byte[] old = values.put(name, value);
    if (old != null) {
      store.giveBack(room(name, old));
    }
  }

  @Override
  public void remove(String name) {
    byte[] old = values.remove(name);
    store.giveBack(room(name, old));
  }

  @Override
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** The file is gone. */
  void free() {
    List.copyOf(values.keySet()).forEach(this::remove);
  }
}
