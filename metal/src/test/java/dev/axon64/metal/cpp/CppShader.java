package dev.axon64.metal.cpp;

import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.msl.Function;
import dev.axon64.metal.msl.KernelParameter;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.ShaderUnit;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VectorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A shader compiled as C++14 by the compiler of this machine. Kernels run one thread after another
 * in this process, so that a shader which leaves its buffers takes the process down: give it only
 * what is known to stay inside. Barriers and half are not supported.
 *
 * <pre>{@code
 * CppShader.assumeCompiler();
 * try (CppShader shader = CppShader.compile(source)) {
 *   shader.run("kernel_name", GridSize.of(64), Map.of(0, bytes));
 * }
 * }</pre>
 */
@SuppressWarnings("restricted")
public final class CppShader implements AutoCloseable {
  private static final long MOST_COMPILE_SECONDS = 300;
  private static final int BUFFERS = 31;
  private static final Optional<String> COMPILER = findCompiler();

  private final Arena arena;
  private final Path folder;
  private final SymbolLookup symbols;

  private CppShader(Arena arena, Path folder, SymbolLookup symbols) {
    this.arena = arena;
    this.folder = folder;
    this.symbols = symbols;
  }

  /** {@code g++} or {@code clang++} if one of them works here. */
  public static Optional<String> compiler() {
    return COMPILER;
  }

  /** Skips the calling test, saying why, where there is no C++ compiler. */
  public static void assumeCompiler() {
    Assumptions.assumeTrue(
        COMPILER.isPresent(), "no g++ or clang++ here: the comparison with C++ is skipped");
  }

  private static Optional<String> findCompiler() {
    for (String name : List.of("g++", "clang++")) {
      try {
        Process process =
            new ProcessBuilder(name, "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return Optional.of(name);
        }
      } catch (IOException e) {
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Optional.empty();
  }

  /**
   * Compiles all kernels of {@code source}; {@code -O2}, no contraction, unsuffixed literals float.
   *
   * @throws AssertionError with the compiler's words if it refuses
   */
  public static CppShader compile(String source) {
    return compile(source, "-O2");
  }

  /**
   * Compiles with other options of optimisation, blanks between them: {@code -O0} for large
   * shaders, {@code -O2 -march=native} for those that count on the machine's fma.
   */
  public static CppShader compile(String source, String optimisation) {
    try {
      Path folder = Files.createTempDirectory("axon64-cpp-");
      for (String file : List.of("metal_stdlib", "metal_shim.h")) {
        try (InputStream in = CppShader.class.getResourceAsStream("/cpp/" + file)) {
          Files.write(folder.resolve(file), in.readAllBytes());
        }
      }
      Path program = folder.resolve("shader.cpp");
      Files.writeString(program, "#include <metal_stdlib>\n#line 1\n" + source + wrappers(source));
      Path library = folder.resolve("shader.so");
      compile(folder, program, library, optimisation);
      Arena arena = Arena.ofShared();
      return new CppShader(arena, folder, SymbolLookup.libraryLookup(library, arena));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path folder, Path program, Path library, String optimisation)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(COMPILER.orElseThrow());
    command.addAll(List.of(optimisation.split(" ")));
    command.addAll(List.of("-std=c++14", "-ffp-contract=off", "-fwrapv", "-fno-strict-aliasing"));
    command.addAll(List.of("-w", "-shared", "-fPIC", "-I", folder.toString()));
    command.add(
        COMPILER.get().equals("g++")
            ? "-fsingle-precision-constant"
            : "-cl-single-precision-constant");
    command.addAll(List.of("-o", library.toString(), program.toString()));
    Path log = folder.resolve("log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(MOST_COMPILE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the C++ compiler took over " + MOST_COMPILE_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        String words = Files.readString(log, StandardCharsets.UTF_8);
        throw new AssertionError(
            "the C++ compiler refuses the shader:\n"
                + words.substring(0, Math.min(4000, words.length())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** For each kernel a loop over the grid that any caller can reach. */
  private static String wrappers(String source) {
    StringBuilder out = new StringBuilder("\n");
    for (Function function : ShaderUnit.parse(source, "shader").functions()) {
      if (!function.isKernel()) {
        continue;
      }
      out.append("extern \"C\" void axon64_run_").append(function.name());
      out.append("(void** b, const uint64_t* g) {\n");
      out.append("  axon64_grid::width = g[0]; axon64_grid::height = g[1];\n");
      out.append("  axon64_grid::depth = g[2];\n");
      out.append("  for (uint64_t z = 0; z < g[2]; z++)\n  for (uint64_t y = 0; y < g[1]; y++)\n");
      out.append("  for (uint64_t x = 0; x < g[0]; x++)\n    ").append(function.name()).append('(');
      List<String> arguments = new ArrayList<>();
      function.kernelParameters().forEach(p -> arguments.add(argument(p)));
      out.append(String.join(", ", arguments)).append(");\n}\n");
    }
    return out.toString();
  }

  private static String argument(KernelParameter parameter) {
    if (parameter.index() >= 0) {
      String type = ((PointerType) parameter.var().type()).to().toString();
      String pointer = "(" + type + "*) b[" + parameter.index() + "]";
      return parameter.var().isReference() ? "*(" + pointer + ")" : pointer;
    }
    Type type = parameter.var().type();
    boolean whole = parameter.attribute().equals("threads_per_grid");
    List<String> axes = whole ? List.of("g[0]", "g[1]", "g[2]") : List.of("x", "y", "z");
    int count = type instanceof VectorType v ? v.count() : 1;
    return type + "(" + String.join(", ", axes.subList(0, count)) + ")";
  }

  /** The library, in which a kernel is {@code axon64_run_NAME(buffers, grid)}. */
  public Path library() {
    return folder.resolve("shader.so");
  }

  /** Runs a kernel for each thread of the grid; buffers are changed in place. */
  public void run(String kernel, GridSize grid, Map<Integer, byte[]> buffers) {
    MethodHandle handle =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.find("axon64_run_" + kernel).orElseThrow(),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena call = Arena.ofConfined()) {
      MemorySegment pointers = call.allocate(ValueLayout.ADDRESS, BUFFERS);
      for (Map.Entry<Integer, byte[]> buffer : buffers.entrySet()) {
        MemorySegment copy = call.allocate(Math.max(16, buffer.getValue().length), 16);
        MemorySegment.copy(
            buffer.getValue(), 0, copy, ValueLayout.JAVA_BYTE, 0, buffer.getValue().length);
        pointers.setAtIndex(ValueLayout.ADDRESS, buffer.getKey(), copy);
      }
      MemorySegment sizes =
          call.allocateFrom(ValueLayout.JAVA_LONG, grid.width(), grid.height(), grid.depth());
      handle.invokeExact(pointers, sizes);
      for (Map.Entry<Integer, byte[]> buffer : buffers.entrySet()) {
        byte[] bytes = buffer.getValue();
        MemorySegment copy =
            pointers
                .getAtIndex(ValueLayout.ADDRESS, buffer.getKey())
                .reinterpret(Math.max(16, bytes.length));
        MemorySegment.copy(copy, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    arena.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
