package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.Origin;
import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.shading.KernelSignature;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.WholePlan;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.Optional;

/**
 * The shader with the plan unrolled: a table of first sums, then one statement per term. In whole
 * numbers where the plan allows it.
 */
final class BakedShader {
  private static final int VALUES_A_LINE = 8;

  private final ForwardPlan plan;
  private final DispatchSpec spec;
  private final ShadingLanguage language;
  private final SourceWriter out;

  BakedShader(ForwardPlan plan, ShadingLanguage language) {
    this(plan, language, new SourceWriter());
  }

  private BakedShader(ForwardPlan plan, ShadingLanguage language, SourceWriter out) {
    this.plan = plan;
    this.language = language;
    this.spec = plan.spec();
    this.out = out;
  }

  String text() {
    KernelSignature kernel = ShaderFrame.signature("not read: the weights are below");
    ShaderFrame.prologue(out, language, spec, Origin.of(plan), kernel);
    function();
    ShaderFrame.kernel(out, language, kernel, NetworkFunction.NAME + "(words[gid], pcs[gid])");
    return out.toString();
  }

  /** Writes the function alone, with the table that it reads. */
  static void function(SourceWriter out, ShadingLanguage language, ForwardPlan plan) {
    new BakedShader(plan, language, out).function();
  }

  private void function() {
    Optional<WholePlan> whole = WholePlan.of(plan);
    if (whole.isPresent()) {
      new WholeShader(whole.get(), out).function();
      return;
    }
    if (!plan.table().isEmpty()) {
      table();
    }
    choose();
  }

  /**
   * Writes the starts of the first layer's sums: one row per value of the index, one column per
   * live unit.
   */
  private void table() {
    int units = plan.table().size();
    int rows = spec.embeddingRows();
    out.line("// Bias and embedding of the first layer's units: %d rows of %d.", rows, units);
    out.line("constant float axon64_start[%d] = {", rows * units);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < rows * units; i++) {
      line.append(ShaderFrame.literal(plan.table().get(i % units)[i / units])).append(", ");
      if (i % VALUES_A_LINE == VALUES_A_LINE - 1 || i == rows * units - 1) {
        out.line("    " + line.toString().stripTrailing());
        line.setLength(0);
      }
    }
    out.line("};");
    out.line("");
  }

  private void choose() {
    out.open("static int %s(uint word, ulong pc)", NetworkFunction.NAME);
    if (!plan.table().isEmpty()) {
      out.line("uint row = (%s) * %du;", ShaderFrame.extract(spec.index()), plan.table().size());
    }
    for (int f : plan.liveFeatures()) {
      out.line("float x%d = %s;", f, ShaderFrame.feature(spec.features().get(f)));
    }
    for (int l = 0; l < plan.layers().size(); l++) {
      layer(l);
    }
    decide(plan.layers().size() - 1);
    out.close();
    out.line("");
  }

  /** {@code float a1_0 = 0.5f; a1_0 += 2.0f * a0_3; ...} */
  private void layer(int l) {
    PlannedLayer layer = plan.layers().get(l);
    for (int u = 0; u < layer.units().size(); u++) {
      Unit unit = layer.units().get(u);
      String name = unit(l, u);
      String start = l == 0 ? "axon64_start[row + " + u + "u]" : ShaderFrame.literal(unit.bias());
      out.line("float %s = %s;  // %s unit %d", name, start, layer.name(), unit.index());
      for (Term term : unit.terms()) {
        String input = l == 0 ? "x" + term.input() : unit(l - 1, term.input());
        out.line("%s += %s * %s;", name, ShaderFrame.literal(term.weight()), input);
      }
      if (layer.activation() == Activation.RELU) {
        out.line("%s = %s;", name, ShaderFrame.relu(name));
      }
    }
  }

  private static String unit(int layer, int position) {
    return "u" + layer + "_" + position;
  }

  private void decide(int last) {
    out.line("int chosen = 0;");
    out.line("float best = %s;", ShaderFrame.literal(spec.decision().floor()));
    for (int k = 0; k < spec.kernels().size(); k++) {
      String score = unit(last, k);
      out.open("if (%s)", ShaderFrame.wins(spec.decision(), score));
      out.line("best = %s;", score);
      out.line("chosen = %d;", k);
      out.close();
    }
    out.line("return chosen;");
  }
}
