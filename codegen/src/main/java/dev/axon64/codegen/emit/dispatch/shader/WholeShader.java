package dev.axon64.codegen.emit.dispatch.shader;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.WholePlan;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The network's function in whole numbers: sums of 16 bits where the range analysis allows, else of
 * 32, and the greatest packed score tells the kernel. The language's conversions when it assigns
 * lose nothing, since every sum fits its type on the way.
 */
final class WholeShader {
  private static final int VALUES_A_LINE = 12;

  private final WholePlan whole;
  private final DispatchSpec spec;
  private final SourceWriter out;

  WholeShader(WholePlan whole, SourceWriter out) {
    this.whole = whole;
    this.spec = whole.plan().spec();
    this.out = out;
  }

  void function() {
    int units = whole.table().size();
    if (units > 0) {
      table(units);
    }
    out.open("static int %s(uint word, ulong pc)", NetworkFunction.NAME);
    if (units > 0) {
      out.line("uint row = (%s) * %du;", ShaderFrame.extract(spec.index()), units);
    }
    for (int f : whole.plan().liveFeatures()) {
      Feature.Scaled field = (Feature.Scaled) spec.features().get(f);
      out.line("int x%d = (int)(%s);", f, ShaderFrame.extract(field.bits()));
    }
    for (int l = 0; l < whole.layers().size(); l++) {
      layer(l);
    }
    decide(whole.layers().size() - 1);
    out.close();
    out.line("");
  }

  private String type(int layer) {
    return whole.bits(layer) <= Short.SIZE ? "short" : "int";
  }

  private void table(int units) {
    int rows = spec.embeddingRows();
    int count = rows * units;
    out.line("// Bias and embedding of the first layer's units: %d rows of %d.", rows, units);
    out.line("constant %s axon64_start[%d] = {", type(0), count);
    for (int from = 0; from < count; from += VALUES_A_LINE) {
      String values =
          IntStream.range(from, Math.min(count, from + VALUES_A_LINE))
              .mapToObj(i -> (int) whole.table().get(i % units)[i / units] + ",")
              .collect(Collectors.joining(" "));
      out.line("    %s", values);
    }
    out.line("};");
    out.line("");
  }

  /** {@code short u1_0 = 7; u1_0 += 3 * u0_1; ...} */
  private void layer(int l) {
    PlannedLayer layer = whole.layers().get(l);
    for (int u = 0; u < layer.units().size(); u++) {
      Unit unit = layer.units().get(u);
      String name = unit(l, u);
      String start =
          l == 0 ? "axon64_start[row + " + u + "u]" : Integer.toString((int) unit.bias());
      out.line("%s %s = %s;  // %s unit %d", type(l), name, start, layer.name(), unit.index());
      for (Term term : unit.terms()) {
        String input = l == 0 ? "x" + term.input() : unit(l - 1, term.input());
        out.line("%s += %d * %s;", name, (int) term.weight(), input);
      }
      if (layer.activation() == Activation.RELU && whole.canBeNegative(l, u)) {
        out.line("%s = %s > 0 ? %s : 0;", name, name, name);
      }
    }
  }

  private static String unit(int layer, int position) {
    return "u" + layer + "_" + position;
  }

  private void decide(int last) {
    out.line("int top = %s;", unit(last, 0));
    for (int k = 1; k < spec.kernels().size(); k++) {
      out.line("top = max(top, %s);", unit(last, k));
    }
    String code = "(top & " + ((1 << whole.packed().codeBits()) - 1) + ")";
    boolean lowest = spec.decision().lowestWins();
    out.line("return %s;", lowest ? spec.kernels().size() - 1 + " - " + code : code);
  }
}
