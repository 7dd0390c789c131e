package dev.axon64.codegen.emit.shading;

import dev.axon64.codegen.emit.SourceWriter;

/** OpenCL C, version 1.2, of the full profile: with integers of 64 bits, without doubles. */
public final class OpenCl implements ShadingLanguage {
  /**
   * The build options under which floats mean what the reference means. Nothing that relaxes them
   * may stand beside these: no {@code -cl-mad-enable}, {@code -cl-unsafe-math-optimizations},
   * {@code -cl-finite-math-only}, {@code -cl-fast-relaxed-math} or {@code -cl-denorms-are-zero}.
   */
  public static final String OPTIONS = "-cl-std=CL1.2";

  /**
   * Rounds quotients and roots to the nearest, which only some devices can do (those with {@code
   * CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT}). Networks with quotients or roots need it.
   */
  public static final String EXACT_QUOTIENTS = "-cl-fp32-correctly-rounded-divide-sqrt";

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public String title() {
    return "OpenCL C";
  }

  @Override
  public String extension() {
    return ".cl";
  }

  @Override
  public void begin(SourceWriter out) {
    out.line(
        "// Each multiply and each add is rounded on its own, as the reference does it. Build with");
    out.line("//   %s %s", OPTIONS, EXACT_QUOTIENTS);
    out.line(
        "// and none of the options that relax arithmetic. The second may be left out if there is");
    out.line("// neither a quotient nor a root of floats below.");
    out.line("#pragma OPENCL FP_CONTRACT OFF");
    out.line("");
  }

  @Override
  public void integers(SourceWriter out) {
    lines(
        out,
        """
        static uint axon64_reverse32(uint x) {
          x = (x >> 1u & 0x55555555u) | (x & 0x55555555u) << 1u;
          x = (x >> 2u & 0x33333333u) | (x & 0x33333333u) << 2u;
          x = (x >> 4u & 0x0f0f0f0fu) | (x & 0x0f0f0f0fu) << 4u;
          x = (x >> 8u & 0x00ff00ffu) | (x & 0x00ff00ffu) << 8u;
          return rotate(x, 16u);
        }

        static ulong axon64_reverse64(ulong x) {
          return (ulong)axon64_reverse32((uint)x) << 32u | (ulong)axon64_reverse32((uint)(x >> 32u));
        }

        """);
  }

  @Override
  public String global() {
    return "global";
  }

  @Override
  public String own() {
    return "private";
  }

  @Override
  public String apart() {
    return "static __attribute__((noinline))";
  }

  @Override
  public String highHalf(String a, String b) {
    return "mul_hi(" + a + ", " + b + ")";
  }

  @Override
  public String reverseBits(int width, String a) {
    return "axon64_reverse" + width + "(" + a + ")";
  }

  @Override
  public void openStruct(SourceWriter out, String name) {
    out.open("typedef struct");
  }

  @Override
  public void closeStruct(SourceWriter out, String name) {
    out.close(" " + name + ";");
  }

  @Override
  public void openKernel(SourceWriter out, KernelSignature kernel) {
    out.line("kernel void %s(", kernel.name());
    for (KernelSignature.Buffer buffer : kernel.buffers()) {
      out.line("    global %s,", buffer.declaration());
    }
    out.open("    constant uint* counts)");
    out.line("uint count = counts[0];");
    out.line("uint gid = (uint)get_global_id(0);");
  }
}
