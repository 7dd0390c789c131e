package dev.axon64.codegen.network.program;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the layers as PyTorch's documentation defines them, in double and independently of the
 * lowering.
 */
final class NaiveForward {
  private final Graph graph;
  private final GraphWeights weights;
  private final Map<String, double[][]> values = new LinkedHashMap<>();

  NaiveForward(Graph graph, GraphWeights weights) {
    this.graph = graph;
    this.weights = weights;
  }

  double[] run(float[] sample, int at) {
    values.clear();
    int next = at;
    for (Layer layer : graph.layers()) {
      if (layer instanceof Layer.Input input) {
        double[][] value = new double[input.shape().steps()][input.shape().width()];
        for (double[] row : value) {
          for (int k = 0; k < row.length; k++) {
            row[k] = sample[next++];
          }
        }
        values.put(input.name(), value);
      } else {
        values.put(layer.name(), layer(layer));
      }
      Shape shape = layer.shape();
      double[][] made = values.get(layer.name());
      if (made.length != shape.steps() || made[0].length != shape.width()) {
        throw new AssertionError(layer + " made " + made.length + " x " + made[0].length);
      }
    }
    List<Double> all = new ArrayList<>();
    for (String output : graph.outputs()) {
      for (double[] row : values.get(output)) {
        for (double x : row) {
          all.add(x);
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double[][] layer(Layer layer) {
    double[][] x = values.get(layer.sources().get(0));
    double[][] y = new double[x.length][];
    if (layer instanceof Layer.Linear linear) {
      for (int t = 0; t < x.length; t++) {
        y[t] = affine(x[t], linear.path() + ".weight", linear.path() + ".bias", linear.width());
      }
    } else if (layer instanceof Layer.LayerNorm norm) {
      for (int t = 0; t < x.length; t++) {
        y[t] =
            norm(
                x[t],
                weights.values(norm.path() + ".weight"),
                weights.values(norm.path() + ".bias"));
      }
    } else if (layer instanceof Layer.Pointwise pointwise) {
      for (int t = 0; t < x.length; t++) {
        y[t] = new double[x[t].length];
        for (int k = 0; k < x[t].length; k++) {
          y[t][k] = function(pointwise.function(), x[t][k]);
        }
      }
    } else if (layer instanceof Layer.Softmax softmax) {
      for (int t = 0; t < x.length; t++) {
        int part = x[t].length / softmax.groups();
        y[t] = new double[x[t].length];
        for (int g = 0; g < softmax.groups(); g++) {
          double[] row = softmax(Arrays.copyOfRange(x[t], g * part, (g + 1) * part));
          System.arraycopy(row, 0, y[t], g * part, part);
        }
      }
    } else if (layer instanceof Layer.Lstm lstm) {
      return lstm(x, lstm);
    } else if (layer instanceof Layer.Attention attention) {
      return attention(x, values.get(attention.memory()), attention);
    } else if (layer instanceof Layer.Concat concat) {
      for (int t = 0; t < x.length; t++) {
        y[t] = new double[0];
        for (String source : concat.sources()) {
          y[t] = joined(y[t], values.get(source)[t]);
        }
      }
    } else if (layer instanceof Layer.Slice slice) {
      for (int t = 0; t < x.length; t++) {
        y[t] = Arrays.copyOfRange(x[t], slice.first(), slice.end());
      }
    } else if (layer instanceof Layer.Last) {
      return new double[][] {x[x.length - 1]};
    } else if (layer instanceof Layer.Mean) {
      double[] mean = new double[x[0].length];
      for (double[] row : x) {
        for (int k = 0; k < mean.length; k++) {
          mean[k] += row[k] / x.length;
        }
      }
      return new double[][] {mean};
    }
    return y;
  }

  private static double function(Layer.Function function, double x) {
    return switch (function) {
      case RELU -> Math.max(0, x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] joined(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private double[] affine(double[] x, String weight, String bias, int width) {
    float[] w = weights.values(weight);
    float[] b = weights.values(bias);
    double[] y = new double[width];
    for (int o = 0; o < width; o++) {
      y[o] = b[o];
      for (int k = 0; k < x.length; k++) {
        y[o] += (double) w[o * x.length + k] * x[k];
      }
    }
    return y;
  }

  private static double[] norm(double[] x, float[] scale, float[] move) {
    double mean = Arrays.stream(x).sum() / x.length;
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length;
    double[] y = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      y[k] = (x[k] - mean) / Math.sqrt(variance + 1e-5) * scale[k] + move[k];
    }
    return y;
  }

  private static double[] softmax(double[] x) {
    double most = Arrays.stream(x).max().orElseThrow();
    double[] y = Arrays.stream(x).map(v -> Math.exp(v - most)).toArray();
    double sum = Arrays.stream(y).sum();
    return Arrays.stream(y).map(v -> v / sum).toArray();
  }

  private double[][] lstm(double[][] x, Layer.Lstm lstm) {
    double[][] at = x;
    for (int l = 0; l < lstm.layers(); l++) {
      double[][] next = new double[x.length][0];
      for (int d = 0; d < lstm.directions(); d++) {
        double[][] states =
            direction(at, lstm, lstm.path() + ".%s" + Layer.Lstm.suffix(l, d), d == 1);
        for (int t = 0; t < x.length; t++) {
          next[t] = joined(next[t], states[t]);
        }
      }
      at = next;
    }
    return at;
  }

  private double[][] direction(double[][] x, Layer.Lstm lstm, String name, boolean backwards) {
    int n = lstm.hidden();
    double[] h = new double[n];
    double[] c = new double[n];
    double[][] states = new double[x.length][];
    for (int s = 0; s < x.length; s++) {
      int t = backwards ? x.length - 1 - s : s;
      double[] a = affine(x[t], name.formatted("weight_ih"), name.formatted("bias_ih"), 4 * n);
      double[] b = affine(h, name.formatted("weight_hh"), name.formatted("bias_hh"), 4 * n);
      double[] next = new double[n];
      for (int j = 0; j < n; j++) {
        double input = sigmoid(a[j] + b[j]);
        double forget = sigmoid(a[n + j] + b[n + j]);
        double candidate = Math.tanh(a[2 * n + j] + b[2 * n + j]);
        double output = sigmoid(a[3 * n + j] + b[3 * n + j]);
        c[j] = forget * c[j] + input * candidate;
        next[j] = output * Math.tanh(c[j]);
      }
      h = next;
      states[t] = next;
    }
    return states;
  }

  private double[][] attention(double[][] query, double[][] memory, Layer.Attention layer) {
    int width = layer.shape().width();
    int head = width / layer.heads();
    double[][] mixed = new double[query.length][width];
    for (int t = 0; t < query.length; t++) {
      double[] q = project(query[t], layer);
      for (int h = 0; h < layer.heads(); h++) {
        double[] scores = new double[memory.length];
        for (int s = 0; s < memory.length; s++) {
          double[] k = project(memory[s], layer);
          for (int i = h * head; i < (h + 1) * head; i++) {
            scores[s] += q[i] * k[width + i] / Math.sqrt(head);
          }
        }
        double[] shares = softmax(scores);
        for (int s = 0; s < memory.length; s++) {
          double[] v = project(memory[s], layer);
          for (int i = h * head; i < (h + 1) * head; i++) {
            mixed[t][i] += shares[s] * v[2 * width + i];
          }
        }
      }
    }
    double[][] y = new double[query.length][];
    for (int t = 0; t < y.length; t++) {
      y[t] =
          affine(
              mixed[t], layer.path() + ".out_proj.weight", layer.path() + ".out_proj.bias", width);
    }
    return y;
  }

  private double[] project(double[] x, Layer.Attention layer) {
    String path = layer.path();
    return affine(x, path + ".in_proj_weight", path + ".in_proj_bias", 3 * x.length);
  }
}
