package dev.axon64.codegen.emit.shading;

import dev.axon64.codegen.emit.SourceWriter;
import java.util.List;

/** The Metal Shading Language, version 2.0 or newer. */
public final class Metal implements ShadingLanguage {
  @Override
  public String name() {
    return "metal";
  }

  @Override
  public String title() {
    return "Metal";
  }

  @Override
  public String extension() {
    return ".metal";
  }

  @Override
  public void begin(SourceWriter out) {
    out.line("#include <metal_stdlib>");
    out.line("");
    out.line(
        "// Each multiply and each add is rounded on its own, as the reference does it; fast math,");
    out.line("// Metal's default, would be free to fuse and reorder them.");
    out.line("#pragma METAL fp contract(off)");
    out.line("#pragma METAL fp math_mode(safe)");
    out.line("");
    out.line("using namespace metal;");
    out.line("");
  }

  @Override
  public void integers(SourceWriter out) {}

  @Override
  public String global() {
    return "device";
  }

  @Override
  public String own() {
    return "thread";
  }

  @Override
  public String apart() {
    return "static";
  }

  @Override
  public String highHalf(String a, String b) {
    return "mulhi(" + a + ", " + b + ")";
  }

  @Override
  public String reverseBits(int width, String a) {
    return "reverse_bits(" + a + ")";
  }

  @Override
  public void openStruct(SourceWriter out, String name) {
    out.open("struct %s", name);
  }

  @Override
  public void closeStruct(SourceWriter out, String name) {
    out.close(";");
  }

  @Override
  public void openKernel(SourceWriter out, KernelSignature kernel) {
    List<KernelSignature.Buffer> buffers = kernel.buffers();
    out.line("kernel void %s(", kernel.name());
    for (int i = 0; i < buffers.size(); i++) {
      out.line("    device %s [[buffer(%d)]],", buffers.get(i).declaration(), i);
    }
    out.line("    constant uint& count [[buffer(%d)]],", buffers.size());
    out.open("    uint gid [[thread_position_in_grid]])");
  }
}
