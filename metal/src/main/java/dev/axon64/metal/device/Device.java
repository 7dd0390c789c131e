package dev.axon64.metal.device;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.shading.ShadingLanguage;

/** An open device. Not thread-safe. What it made must be closed before it. */
public interface Device extends AutoCloseable {
  /** What it is. */
  DeviceInfo info();

  /** The language of its programs. */
  ShadingLanguage language();

  /**
   * Builds a program.
   *
   * @param quotients whether it has quotients or roots of floats, which must be exactly rounded
   * @throws dev.axon64.codegen.support.InputException with the compiler's first words if it refuses
   */
  DeviceProgram build(SourceFile source, boolean quotients);

  /**
   * Makes a buffer, whose content is undefined.
   *
   * @throws dev.axon64.codegen.support.InputException if there is too little memory
   */
  DeviceBuffer buffer(long bytes);

  /**
   * Waits for everything that was launched.
   *
   * @throws dev.axon64.codegen.support.InputException if something failed or the device is lost
   */
  void finish();

  @Override
  void close();
}
