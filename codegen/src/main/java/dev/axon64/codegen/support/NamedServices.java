package dev.axon64.codegen.support;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Services that are found on the class path and chosen by name. To add one, write a class and a
 * line in {@code META-INF/services}.
 *
 * @param service what they implement
 * @param kind what one is called in messages, such as "engine"
 * @param name of one
 * @param reference the name of the one that comes first
 * @param aliases other names of one
 */
public record NamedServices<T>(
    Class<T> service,
    String kind,
    Function<T, String> name,
    String reference,
    Function<T, List<String>> aliases) {
  /** Services with one name each. */
  public NamedServices(Class<T> service, String kind, Function<T, String> name, String reference) {
    this(service, kind, name, reference, one -> List.of());
  }

  /** Returns all services: the reference first, then the others by name. */
  public List<T> all() {
    return ServiceLoader.load(service).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(
            Comparator.comparing((T found) -> !name.apply(found).equals(reference))
                .thenComparing(name))
        .toList();
  }

  /**
   * Returns the service of a name.
   *
   * @throws InputException that names those there are
   */
  public T named(String wanted) {
    List<T> all = all();
    return all.stream()
        .filter(one -> name.apply(one).equals(wanted) || aliases.apply(one).contains(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    kind + " " + wanted,
                    "no such %s; one of %s".formatted(kind, all.stream().map(name).toList())));
  }
}
