package dev.axon64.metal.device;

import dev.axon64.codegen.support.InputException;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A device that is there.
 *
 * @param api how it is reached
 * @param name its maker's name for it
 * @param driver its driver's version
 * @param kind what it is
 * @param memory bytes in all
 * @param largest bytes of the largest buffer
 * @param opener opens it
 */
public record DeviceInfo(
    String api,
    String name,
    String driver,
    Kind kind,
    long memory,
    long largest,
    Supplier<Device> opener) {
  /** Kinds of devices, the preferred ones first. */
  public enum Kind {
    /** Many threads in lockstep. */
    GPU,
    /** Whatever else a driver offers. */
    OTHER,
    /** The processors of this machine, by a driver of others. */
    CPU,
    /** The processors of this machine, by the executor of this project. */
    EXECUTOR
  }

  /**
   * Opens it.
   *
   * @throws InputException if that fails
   */
  public Device open() {
    return opener.get();
  }

  /** Whether a user means it by a part of its name, or by the name of what it is reached by. */
  public boolean isMeantBy(String wanted) {
    String low = wanted.toLowerCase(Locale.ROOT);
    return api.equals(low) || name.toLowerCase(Locale.ROOT).contains(low);
  }

  /** The number of threads of a group in which each goes its own way. */
  public int divergentGroup() {
    return kind == Kind.CPU || kind == Kind.EXECUTOR ? 1 : 32;
  }

  /** An error on this device. */
  public InputException error(String what) {
    return new InputException("device " + name, what);
  }
}
