package dev.axon64.metal.opencl;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.shading.OpenCl;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.metal.device.BinaryCache;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.DeviceBuffer;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.DeviceProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A context with one queue, whose commands are executed one after the other. */
final class ClDevice implements Device {
  /** Some drivers print a compiler's warnings on the standard error of the process. */
  private static final String NO_WARNINGS = "-w";

  private final ClDeviceFacts facts;
  private final DeviceInfo info;
  private final MemorySegment context;
  private final MemorySegment queue;

  private ClDevice(
      ClDeviceFacts facts, DeviceInfo info, MemorySegment context, MemorySegment queue) {
    this.facts = facts;
    this.info = info;
    this.context = context;
    this.queue = queue;
  }

  static ClDevice open(ClDeviceFacts facts, DeviceInfo info) {
    ClCalls calls = facts.calls();
    int[] status = new int[1];
    MemorySegment context;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocateFrom(ValueLayout.ADDRESS, facts.id());
      context =
          calls.made(
              status,
              "clCreateContext",
              MemorySegment.NULL,
              1,
              ids,
              MemorySegment.NULL,
              MemorySegment.NULL);
    }
    if (context == null) {
      throw info.error("cannot be opened: " + Cl.error(status[0]));
    }
    MemorySegment queue = calls.made(status, "clCreateCommandQueue", context, facts.id(), 0L);
    if (queue == null) {
      calls.status("clReleaseContext", context);
      throw info.error("cannot be opened: " + Cl.error(status[0]));
    }
    return new ClDevice(facts, info, context, queue);
  }

  ClDeviceFacts facts() {
    return facts;
  }

  ClCalls calls() {
    return facts.calls();
  }

  MemorySegment context() {
    return context;
  }

  MemorySegment queue() {
    return queue;
  }

  /** Throws if a call failed. */
  void check(String what, int status) {
    if (status != 0) {
      throw info.error(what + ": " + Cl.error(status));
    }
  }

  @Override
  public DeviceInfo info() {
    return info;
  }

  @Override
  public ShadingLanguage language() {
    return new OpenCl();
  }

  @Override
  public DeviceProgram build(SourceFile source, boolean quotients) {
    if (quotients && !facts.roundsQuotients()) {
      throw info.error(
          "does not round quotients exactly, and " + source.path() + " needs that; use another");
    }
    String options = OpenCl.OPTIONS + " " + NO_WARNINGS;
    if (facts.roundsQuotients()) {
      options += " " + OpenCl.EXACT_QUOTIENTS;
    }
    return new ClBuild(this, options, BinaryCache.ofUser()).program(source);
  }

  @Override
  public DeviceBuffer buffer(long bytes) {
    return new ClBuffer(this, bytes);
  }

  @Override
  public void finish() {
    check("a launch failed", calls().status("clFinish", queue));
  }

  @Override
  public void close() {
    calls().status("clReleaseCommandQueue", queue);
    calls().status("clReleaseContext", context);
  }
}
