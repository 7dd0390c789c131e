package dev.axon64.machine.dispatch;

import dev.axon64.codegen.support.InputException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Engines that are found on the class path and chosen by name.
 *
 * @param service what they implement
 * @param name of one
 * @param reference the name of the one that others are compared with
 */
public record NamedServices<T>(Class<T> service, Function<T, String> name, String reference) {
  /** All of them, the reference first, then by name. */
  public List<T> all() {
    return ServiceLoader.load(service).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(
            Comparator.comparing((T found) -> !name.apply(found).equals(reference))
                .thenComparing(name))
        .toList();
  }

  /**
   * One by name.
   *
   * @throws InputException naming those there are
   */
  public T named(String wanted) {
    List<T> all = all();
    return all.stream()
        .filter(found -> name.apply(found).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "engine " + wanted,
                    "no such engine; one of " + all.stream().map(name).toList()));
  }
}
