package dev.axon64.metal.opencl;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.metal.device.BinaryCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds programs for a device, from the binaries kept of earlier builds if there are any. */
final class ClBuild {
  private static final int MOST_LINES = 4;

  private final ClDevice device;
  private final String options;
  private final BinaryCache cache;

  ClBuild(ClDevice device, String options, BinaryCache cache) {
    this.device = device;
    this.options = options;
    this.cache = cache;
  }

  ClProgram program(SourceFile source) {
    String key =
        BinaryCache.key(source.text(), options, device.info().name(), device.info().driver());
    Optional<MemorySegment> kept = cache.read(key).flatMap(this::fromBinary);
    if (kept.isPresent()) {
      return new ClProgram(device, kept.get());
    }
    MemorySegment program = fromSource(source);
    binary(program).ifPresent(bytes -> cache.write(key, bytes));
    return new ClProgram(device, program);
  }

  private Optional<MemorySegment> fromBinary(byte[] binary) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, binary);
      MemorySegment program =
          device
              .calls()
              .made(
                  new int[1],
                  "clCreateProgramWithBinary",
                  device.context(),
                  1,
                  arena.allocateFrom(ValueLayout.ADDRESS, device.facts().id()),
                  arena.allocateFrom(ValueLayout.JAVA_LONG, (long) binary.length),
                  arena.allocateFrom(ValueLayout.ADDRESS, bytes),
                  arena.allocate(ValueLayout.JAVA_INT));
      if (program != null && build(program, arena) != 0) {
        release(program);
        return Optional.empty();
      }
      return Optional.ofNullable(program);
    }
  }

  private MemorySegment fromSource(SourceFile source) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = source.text().getBytes(StandardCharsets.UTF_8);
      MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      int[] status = new int[1];
      MemorySegment program =
          device
              .calls()
              .made(
                  status,
                  "clCreateProgramWithSource",
                  device.context(),
                  1,
                  arena.allocateFrom(ValueLayout.ADDRESS, text),
                  arena.allocateFrom(ValueLayout.JAVA_LONG, (long) bytes.length));
      device.check(source.path(), status[0]);
      int built = build(program, arena);
      if (built != 0) {
        String words = built == Cl.BUILD_PROGRAM_FAILURE ? log(program) : Cl.error(built);
        release(program);
        throw device.info().error("refuses " + source.path() + ": " + words);
      }
      return program;
    }
  }

  private int build(MemorySegment program, Arena arena) {
    return device
        .calls()
        .status(
            "clBuildProgram",
            program,
            1,
            arena.allocateFrom(ValueLayout.ADDRESS, device.facts().id()),
            arena.allocateFrom(options),
            MemorySegment.NULL,
            MemorySegment.NULL);
  }

  /** The compiler's first words of an error, as one line. */
  private String log(MemorySegment program) {
    String log =
        ClCalls.text(
            device
                .calls()
                .bytes(
                    "clGetProgramBuildInfo", Cl.PROGRAM_BUILD_LOG, program, device.facts().id()));
    String errors =
        log.lines()
            .map(String::strip)
            .filter(line -> line.contains("error"))
            .limit(MOST_LINES)
            .collect(Collectors.joining("; "));
    return errors.isEmpty()
        ? log.lines().limit(MOST_LINES).collect(Collectors.joining("; "))
        : errors;
  }

  private Optional<byte[]> binary(MemorySegment program) {
    long size = device.calls().number("clGetProgramInfo", program, Cl.PROGRAM_BINARY_SIZES);
    if (size <= 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(size);
      int status =
          device
              .calls()
              .status(
                  "clGetProgramInfo",
                  program,
                  Cl.PROGRAM_BINARIES,
                  ValueLayout.ADDRESS.byteSize(),
                  arena.allocateFrom(ValueLayout.ADDRESS, bytes),
                  MemorySegment.NULL);
      return status == 0 ? Optional.of(bytes.toArray(ValueLayout.JAVA_BYTE)) : Optional.empty();
    }
  }

  private void release(MemorySegment program) {
    device.calls().status("clReleaseProgram", program);
  }
}
