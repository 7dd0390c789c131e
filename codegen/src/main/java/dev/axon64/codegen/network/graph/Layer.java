package dev.axon64.codegen.network.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A node of a graph, which makes a value from the values of other nodes. Constructors throw {@link
 * IllegalArgumentException} that says what does not fit and what would.
 */
public sealed interface Layer {
  /** The name of the value. */
  String name();

  /** The value's shape. */
  Shape shape();

  /** Names of the values read, in order. */
  List<String> sources();

  /** The layer's tensors, in PyTorch's order. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** A layer that reads one value. */
  sealed interface OfOne extends Layer {
    /** The name of the value read. */
    String source();

    @Override
    default List<String> sources() {
      return List.of(source());
    }
  }

  /** A layer that makes one step of many. */
  sealed interface Reduction extends OfOne {
    /** The shape of the value read. */
    Shape from();

    @Override
    default Shape shape() {
      return new Shape(1, from().width());
    }
  }

  /** An input of the graph. */
  record Input(String name, Shape shape) implements Layer {
    @Override
    public List<String> sources() {
      return List.of();
    }
  }

  /** {@code y = W x + b} for each step ({@code torch.nn.Linear}). */
  record Linear(String name, String source, Shape from, int width, String path) implements OfOne {
    public Linear {
      new Shape(from.steps(), width);
    }

    @Override
    public Shape shape() {
      return new Shape(from.steps(), width);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(
          Parameter.of(path, "weight", width, from.width()), Parameter.of(path, "bias", width));
    }
  }

  /**
   * Each step minus its mean, divided by its deviation, scaled and shifted ({@code
   * torch.nn.LayerNorm}).
   */
  record LayerNorm(String name, String source, Shape shape, String path) implements OfOne {
    /** What is added to the variance: PyTorch's default. */
    public static final float EPSILON = 1e-5f;

    @Override
    public List<Parameter> parameters() {
      return List.of(
          Parameter.of(path, "weight", shape.width()), Parameter.of(path, "bias", shape.width()));
    }
  }

  /** A function of one number. */
  enum Function {
    RELU,
    TANH,
    SIGMOID
  }

  /** A function of each number. */
  record Pointwise(String name, String source, Shape shape, Function function) implements OfOne {}

  /** Softmax over the columns of each step, or over each of {@code groups} equal parts of them. */
  record Softmax(String name, String source, Shape shape, int groups) implements OfOne {
    public Softmax {
      if (groups < 1 || shape.width() % groups != 0) {
        throw new IllegalArgumentException(
            shape.width() + " columns do not split into " + groups + " equal groups");
      }
    }
  }

  /**
   * {@code torch.nn.LSTM}, starting from zeros; the value is the last layer's hidden state at each
   * step, forward's columns before backward's.
   */
  record Lstm(
      String name,
      String source,
      Shape from,
      int hidden,
      int layers,
      boolean bidirectional,
      String path)
      implements OfOne {
    /** Gates of a cell: input, forget, candidate, output, in PyTorch's order. */
    public static final int GATES = 4;

    public Lstm {
      if (layers < 1 || layers > 16) {
        throw new IllegalArgumentException(layers + " layers; an lstm has from 1 to 16");
      }
      new Shape(from.steps(), Math.multiplyExact(hidden, GATES));
    }

    /** 2 for bidirectional, else 1. */
    public int directions() {
      return bidirectional ? 2 : 1;
    }

    /** Columns that a layer reads. */
    public int inputs(int layer) {
      return layer == 0 ? from.width() : hidden * directions();
    }

    /** {@code _l0}, {@code _l0_reverse}, ... */
    public static String suffix(int layer, int direction) {
      return "_l" + layer + (direction == 0 ? "" : "_reverse");
    }

    @Override
    public Shape shape() {
      return new Shape(from.steps(), hidden * directions());
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> all = new ArrayList<>();
      int rows = GATES * hidden;
      for (int l = 0; l < layers; l++) {
        for (int d = 0; d < directions(); d++) {
          String end = suffix(l, d);
          all.add(Parameter.of(path, "weight_ih" + end, rows, inputs(l)));
          all.add(Parameter.of(path, "weight_hh" + end, rows, hidden));
          all.add(Parameter.of(path, "bias_ih" + end, rows));
          all.add(Parameter.of(path, "bias_hh" + end, rows));
        }
      }
      return List.copyOf(all);
    }
  }

  /**
   * {@code torch.nn.MultiheadAttention}: each step of {@code query} looks at all steps of {@code
   * memory}; the same value twice is self-attention.
   */
  record Attention(
      String name, String query, Shape from, String memory, Shape over, int heads, String path)
      implements Layer {
    public Attention {
      if (from.width() != over.width()) {
        throw new IllegalArgumentException(
            "the query has "
                + from.width()
                + " columns but what it looks at has "
                + over.width()
                + "; make them equal with a linear");
      }
      if (heads < 1 || from.width() % heads != 0) {
        throw new IllegalArgumentException(
            from.width() + " columns do not split into " + heads + " equal heads");
      }
      new Shape(1, Math.multiplyExact(from.width(), 3));
    }

    /** Columns of one head. */
    public int headWidth() {
      return from.width() / heads;
    }

    @Override
    public Shape shape() {
      return from;
    }

    @Override
    public List<String> sources() {
      return List.of(query, memory);
    }

    @Override
    public List<Parameter> parameters() {
      int width = from.width();
      return List.of(
          Parameter.of(path, "in_proj_weight", 3 * width, width),
          Parameter.of(path, "in_proj_bias", 3 * width),
          Parameter.of(path, "out_proj.weight", width, width),
          Parameter.of(path, "out_proj.bias", width));
    }
  }

  /** Columns side by side. */
  record Concat(String name, List<String> sources, List<Shape> from) implements Layer {
    public Concat {
      sources = List.copyOf(sources);
      from = List.copyOf(from);
      for (Shape part : from) {
        if (part.steps() != from.get(0).steps()) {
          throw new IllegalArgumentException(
              "joins values of "
                  + from.get(0).steps()
                  + " and "
                  + part.steps()
                  + " steps; reduce with last or mean first");
        }
      }
    }

    @Override
    public Shape shape() {
      return new Shape(from.get(0).steps(), from.stream().mapToInt(Shape::width).sum());
    }
  }

  /** Columns {@code first} up to but not {@code end}. */
  record Slice(String name, String source, Shape from, int first, int end) implements OfOne {
    public Slice {
      if (first < 0 || end <= first || end > from.width()) {
        throw new IllegalArgumentException(
            "columns " + first + " up to " + end + " of a value that has " + from.width());
      }
    }

    @Override
    public Shape shape() {
      return new Shape(from.steps(), end - first);
    }
  }

  /** The last step. */
  record Last(String name, String source, Shape from) implements Reduction {}

  /** The mean over all steps. */
  record Mean(String name, String source, Shape from) implements Reduction {}
}
