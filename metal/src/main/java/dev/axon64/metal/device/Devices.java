package dev.axon64.metal.device;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.NamedServices;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The devices of this machine. */
public final class Devices {
  private static final NamedServices<DeviceApi> APIS =
      new NamedServices<>(DeviceApi.class, "device interface", DeviceApi::name, "executor");

  private Devices() {}

  /** All ways to reach devices. */
  public static List<DeviceApi> apis() {
    return APIS.all();
  }

  /** All devices, real ones first. */
  public static List<DeviceInfo> all() {
    return apis().stream()
        .flatMap(api -> api.devices().stream())
        .sorted(Comparator.comparing(DeviceInfo::kind))
        .toList();
  }

  /** The preferred device that is not this project's own executor. */
  public static Optional<DeviceInfo> real() {
    return all().stream().filter(one -> one.kind() != DeviceInfo.Kind.EXECUTOR).findFirst();
  }

  /**
   * The device that a user means.
   *
   * @param wanted a part of its name, or the name of what it is reached by; empty for the preferred
   *     one that is real
   * @throws InputException if there is none, with what there is
   */
  public static DeviceInfo named(String wanted) {
    Optional<DeviceInfo> found =
        wanted.isEmpty() ? real() : all().stream().filter(one -> one.isMeantBy(wanted)).findFirst();
    return found.orElseThrow(() -> absent(wanted));
  }

  private static InputException absent(String wanted) {
    if (wanted.isEmpty()) {
      String why =
          apis().stream()
              .filter(api -> api.devices().isEmpty())
              .map(api -> api.name() + ": " + api.absence())
              .collect(Collectors.joining("; "));
      return new InputException("engine gpu", "no device (" + why + ")");
    }
    return new InputException(
        "engine gpu:" + wanted,
        "no such device; there is " + all().stream().map(DeviceInfo::name).toList());
  }
}
