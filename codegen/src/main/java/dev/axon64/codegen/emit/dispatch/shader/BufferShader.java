package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.Origin;
import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.shading.KernelSignature;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.network.spec.TensorSlot;

/** The shader whose weights come in a buffer: loops in the published order over the flat layout. */
final class BufferShader {
  private final DispatchSpec spec;
  private final ShadingLanguage language;
  private final SourceWriter out = new SourceWriter();

  BufferShader(DispatchSpec spec, ShadingLanguage language) {
    this.spec = spec;
    this.language = language;
  }

  String text() {
    KernelSignature kernel =
        ShaderFrame.signature(spec.parameters() + " weights, where the spec has its tensors");
    ShaderFrame.prologue(out, language, spec, Origin.of(spec), kernel);
    layout();
    features();
    choose();
    ShaderFrame.kernel(out, language, kernel, "axon64_kernel_of(weights, words[gid], pcs[gid])");
    return out.toString();
  }

  /** {@code constant int FC1_WEIGHT = 8192;} */
  private void layout() {
    for (TensorSlot slot : spec.tensors()) {
      out.line(
          "constant int %s = %d;  // %s", offset(slot.name()), slot.offset(), slot.shapeText());
    }
    out.line("");
  }

  /**
   * The constant for a tensor's offset; a position keeps apart names that differ in {@code - . _}
   * only.
   */
  private String offset(String tensor) {
    for (int l = 0; l < spec.layers().size(); l++) {
      String layer = spec.layers().get(l).name();
      if (tensor.equals(layer + ".weight")) {
        return "LAYER" + l + "_WEIGHT";
      }
      if (tensor.equals(layer + ".bias")) {
        return "LAYER" + l + "_BIAS";
      }
    }
    return "EMBEDDING";
  }

  private void features() {
    out.line("// The row of the embedding, then the features.");
    out.line("static void axon64_inputs(");
    out.open(
        "    %s const float* weights, uint word, ulong pc, %s float* x)",
        language.global(), language.own());
    int width = spec.embeddingWidth();
    out.line("uint row = %s;", ShaderFrame.extract(spec.index()));
    out.open("for (uint c = 0; c < %du; c++)", width);
    out.line("x[c] = weights[EMBEDDING + row * %du + c];", width);
    out.close();
    for (int f = 0; f < spec.features().size(); f++) {
      out.line("x[%d] = %s;", width + f, ShaderFrame.feature(spec.features().get(f)));
    }
    out.close();
    out.line("");
  }

  private void choose() {
    out.open(
        "static int axon64_kernel_of(%s const float* weights, uint word, ulong pc)",
        language.global());
    out.line("float v0[%d];", spec.embeddingWidth() + spec.features().size());
    out.line("axon64_inputs(weights, word, pc, v0);");
    for (int l = 0; l < spec.layers().size(); l++) {
      layer(l);
    }
    int last = spec.layers().size();
    out.line("int chosen = 0;");
    out.line("float best = %s;", ShaderFrame.literal(spec.decision().floor()));
    out.open("for (int k = 0; k < %d; k++)", spec.kernels().size());
    out.open("if (%s)", ShaderFrame.wins(spec.decision(), "v" + last + "[k]"));
    out.line("best = v%d[k];", last);
    out.line("chosen = k;");
    out.close().close();
    out.line("return chosen;");
    out.close();
    out.line("");
  }

  private void layer(int l) {
    LayerSpec layer = spec.layers().get(l);
    String value = layer.activation() == Activation.RELU ? ShaderFrame.relu("sum") : "sum";
    out.line("float v%d[%d];", l + 1, layer.outputs());
    out.open("for (int o = 0; o < %d; o++)", layer.outputs());
    out.line("float sum = weights[LAYER%d_BIAS + o];", l);
    out.open("for (int i = 0; i < %d; i++)", layer.inputs());
    out.line("sum += weights[LAYER%d_WEIGHT + o * %d + i] * v%d[i];", l, layer.inputs(), l);
    out.close();
    out.line("v%d[o] = %s;", l + 1, value);
    out.close();
  }
}
