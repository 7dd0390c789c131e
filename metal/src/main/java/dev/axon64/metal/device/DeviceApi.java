package dev.axon64.metal.device;

import java.util.List;

/** A way to reach devices. Others are added as services. */
public interface DeviceApi {
  /** Its name, by which all its devices can be chosen. */
  String name();

  /** The devices, the preferred one first; none if the machine cannot reach any by it. */
  List<DeviceInfo> devices();

  /** Why there are no devices, and what to do; asked only if there are none. */
  String absence();
}
