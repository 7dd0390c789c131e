package dev.axon64.runtime.dispatch;

import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/** The engines on the class path. */
public final class DispatchEngines {
  private DispatchEngines() {}

  /** All of them, the reference first, then by name. */
  public static List<DispatchEngine> all() {
    return StreamSupport.stream(ServiceLoader.load(DispatchEngine.class).spliterator(), false)
        .sorted(
            (a, b) -> {
              boolean first = a instanceof ScalarEngine;
              return first == b instanceof ScalarEngine
                  ? a.name().compareTo(b.name())
                  : first ? -1 : 1;
            })
        .toList();
  }

  /**
   * One by name.
   *
   * @throws InputException naming those there are
   */
  public static DispatchEngine named(String name) {
    List<DispatchEngine> all = all();
    return all.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--engine " + name,
                    "no such engine; one of " + all.stream().map(DispatchEngine::name).toList()));
  }
}
