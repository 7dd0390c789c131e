package dev.axon64.metal.apple;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.cpp.CppShader;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.NativeCalls;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Libraries that stand in for Apple's, built of {@code objc.c}. A shader is compiled as C++; what a
 * message must be of is written in C from Apple's headers, and the host compares each of its own
 * with that.
 */
final class StandIn implements AutoCloseable {
  private final List<CppShader> shaders = new ArrayList<>();
  private final Arena arena = Arena.ofShared();
  private final NativeCalls library;
  private final DeviceInfo device;

  /** Builds it in a folder. */
  @SuppressWarnings("restricted")
  StandIn(Path folder) throws Exception {
    Path file = build(folder);
    library = NativeCalls.load(List.of(file.toString())).orElseThrow();
    MemorySegment compiler =
        Linker.nativeLinker()
            .upcallStub(
                MethodHandles.lookup()
                    .bind(
                        this,
                        "compile",
                        MethodType.methodType(MemorySegment.class, MemorySegment.class)),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                arena);
    library.callVoid("axon64_compiler", compiler);
    device =
        new MetalApi(new MetalApi.Libraries(file.toString(), file.toString())).devices().getFirst();
  }

  private static Path build(Path folder) throws IOException, InterruptedException {
    CppShader.assumeCompiler();
    Path source = folder.resolve("objc.c");
    try (InputStream in = StandIn.class.getResourceAsStream("/objc/objc.c")) {
      Files.write(source, in.readAllBytes());
    }
    Path file = folder.resolve("libobjc.so");
    String compiler = CppShader.compiler().get().equals("g++") ? "gcc" : "clang";
    Process process =
        new ProcessBuilder(
                compiler,
                "-std=c11",
                "-O1",
                "-Wall",
                "-Werror",
                "-shared",
                "-fPIC",
                "-o",
                file.toString(),
                source.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("the stand-in does not compile");
    }
    return file;
  }

  @SuppressWarnings("restricted")
  private MemorySegment compile(MemorySegment source) {
    try {
      CppShader shader = CppShader.compile(source.reinterpret(1 << 24).getString(0), "-O1");
      shaders.add(shader);
      return arena.allocateFrom(shader.library().toString());
    } catch (AssertionError | InputException e) {
      return arena.allocateFrom("!" + e.getMessage());
    }
  }

  /** The device. */
  DeviceInfo device() {
    return device;
  }

  /** What messages are sent by. */
  ObjC objc() {
    return new ObjC(library);
  }

  /** The number of objects that were made and not released, pools' left out. */
  long living() {
    return library.callLong("axon64_living");
  }

  @Override
  public void close() {
    shaders.forEach(CppShader::close);
    arena.close();
  }
}
