package dev.axon64.machine.memory;

import java.util.ArrayList;
import java.util.List;

/** Tells the listeners of one space when decoded code becomes stale. */
final class CodeWatch {
  private final List<CodeListener> listeners = new ArrayList<>(1);

  void add(CodeListener listener) {
    listeners.add(listener);
  }

  void remove(CodeListener listener) {
    listeners.remove(listener);
  }

  /** Tells all listeners that the code of a page is stale. */
  void changed(long page) {
    listeners.forEach(listener -> listener.codeChanged(page));
  }
}
