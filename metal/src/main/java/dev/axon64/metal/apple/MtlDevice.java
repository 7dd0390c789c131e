package dev.axon64.metal.apple;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.shading.Metal;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.DeviceProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A GPU with one command queue. Its memory is this process's too. */
final class MtlDevice implements Device {
  /** {@code MTLMathModeSafe}. */
  private static final long SAFE = 0;

  private final ObjC objc;
  private final MemorySegment device;
  private final DeviceInfo info;
  private final MemorySegment queue;

  /** The last launch, which ends after all others; null if there is none. */
  private MemorySegment last;

  MtlDevice(ObjC objc, MemorySegment device, DeviceInfo info) {
    this.objc = objc;
    this.device = device;
    this.info = info;
    queue = objc.object(device, "newCommandQueue");
    if (queue.equals(MemorySegment.NULL)) {
      throw info.error("gives no command queue");
    }
  }

  ObjC objc() {
    return objc;
  }

  MemorySegment handle() {
    return device;
  }

  MemorySegment queue() {
    return queue;
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public ShadingLanguage language() {
    return new Metal();
  }

  /** The source's pragmas make quotients exact; the math mode is set beside them. */
  @Override
  public DeviceProgram build(SourceFile source, boolean quotients) {
    return objc.pooled(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment options = objc.object(objc.type("MTLCompileOptions"), "new");
            if (objc.responds(options, "setMathMode:")) {
              objc.send(options, "setMathMode:", SAFE);
            } else {
              objc.send(options, "setFastMathEnabled:", (byte) 0);
            }
            MemorySegment error = arena.allocate(ValueLayout.ADDRESS);
            MemorySegment library =
                objc.object(
                    device,
                    "newLibraryWithSource:options:error:",
                    objc.string(arena, source.text()),
                    options,
                    error);
            objc.send(options, "release");
            if (library.equals(MemorySegment.NULL)) {
              throw info.error("refuses " + source.path() + ": " + text(error));
            }
            return new MtlProgram(this, library);
          }
        });
  }

  /** An error object's words. */
  String text(MemorySegment place) {
    MemorySegment error = place.get(ValueLayout.ADDRESS, 0);
    return error.equals(MemorySegment.NULL)
        ? "no reason given"
        : objc.text(objc.object(error, "localizedDescription"));
  }

  @Override
  public DeviceBuffer buffer(long bytes) {
    if (bytes > info.largest()) {
      throw info.error(
          "its buffers hold %,d bytes at most, and %,d are needed; run fewer or smaller guests"
              .formatted(info.largest(), bytes));
    }
    return new MtlBuffer(this, bytes);
  }

  /** Keeps a launch, to be waited for. */
  void launched(MemorySegment commands) {
    if (last != null) {
      objc.send(last, "release");
    }
    last = objc.object(commands, "retain");
  }

  @Override
  public void finish() {
    if (last == null) {
      return;
    }
    objc.pooled(
        () -> {
          objc.send(last, "waitUntilCompleted");
          MemorySegment error = objc.object(last, "error");
          if (!error.equals(MemorySegment.NULL)) {
            throw info.error(
                "a launch failed: " + objc.text(objc.object(error, "localizedDescription")));
          }
          objc.send(last, "release");
          last = null;
          return null;
        });
  }

  @Override
  public void close() {
    if (last != null) {
      objc.send(last, "waitUntilCompleted");
      objc.send(last, "release");
    }
    objc.send(queue, "release");
  }
}
