package dev.axon64.codegen.support;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Services that are found on the class path and chosen by name: adding one is one class, and one
 * line in {@code META-INF/services}.
 *
 * @param service what they implement
 * @param kind what one is called in messages, such as "engine"
 * @param name of one
 * @param reference the name of the one that comes first
 */
public record NamedServices<T>(
    Class<T> service, String kind, Function<T, String> name, String reference) {
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
                    kind + " " + wanted,
                    "no such %s; one of %s".formatted(kind, all.stream().map(name).toList())));
  }
}
