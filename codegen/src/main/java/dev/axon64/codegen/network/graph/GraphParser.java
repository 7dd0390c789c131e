package dev.axon64.codegen.network.graph;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads graph text into a {@link Graph}. The grammar is in the header of the shipped graphs. */
public final class GraphParser {
  /** The longest graph file, in bytes. */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_LAYERS = 1000;

  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final List<String> outputs = new ArrayList<>();
  private String name;

  private GraphParser() {}

  /**
   * Reads a graph file.
   *
   * @throws InputException that names the file and line and says what to do
   */
  public static Graph parse(Path file) {
    return parse(file.toString(), AtomicFiles.read(file, MOST_BYTES));
  }

  /**
   * Reads graph text.
   *
   * @param where what messages call the text
   * @param text UTF-8
   */
  public static Graph parse(String where, byte[] text) {
    GraphParser parser = new GraphParser();
    int number = 0;
    for (String raw : decode(where, text).split("\n", -1)) {
      number++;
      int comment = raw.indexOf('#');
      String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      if (!line.isEmpty()) {
        parser.statement(new GraphLine(where, number, line));
      }
    }
    if (parser.name == null) {
      throw new InputException(where, "has no name; begin with 'graph NAME'");
    }
    try {
      return new Graph(parser.name, List.copyOf(parser.layers.values()), parser.outputs);
    } catch (IllegalArgumentException e) {
      throw new InputException(where, e.getMessage(), e);
    }
  }

  private void statement(GraphLine line) {
    if (line.second("=")) {
      String value = line.name();
      line.require("=");
      add(line, () -> layer(line, value));
      return;
    }
    String keyword = line.word();
    switch (keyword) {
      case "graph" -> {
        line.form("graph NAME");
        if (name != null) {
          throw line.error("a second name; this graph is already called '" + name + "'");
        }
        name = line.name();
        line.end();
      }
      case "input" -> {
        line.form("input NAME STEPS WIDTH");
        String value = line.name();
        add(line, () -> new Layer.Input(value, new Shape(steps(line), width(line))));
      }
      case "output" -> output(line);
      default ->
          throw line.error(
              "unknown statement '" + keyword + "'; one of graph, input, output or NAME = LAYER");
    }
  }

  private void output(GraphLine line) {
    line.form("output NAME...");
    for (String value : line.names()) {
      known(line, value);
      if (outputs.contains(value)) {
        throw line.error("'" + value + "' is an output twice; name it once");
      }
      outputs.add(value);
    }
  }

  private interface Made {
    Layer make();
  }

  private void add(GraphLine line, Made made) {
    Layer layer;
    try {
      layer = made.make();
      layer.shape();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw line.error(e.getMessage());
    }
    line.end();
    if (layers.size() == MOST_LAYERS) {
      throw line.error("is one layer too many; a graph has at most " + MOST_LAYERS);
    }
    if (layers.put(layer.name(), layer) != null) {
      throw line.error("'" + layer.name() + "' is made twice; rename one");
    }
  }

  private Layer layer(GraphLine line, String value) {
    String kind = line.word();
    return switch (kind) {
      case "linear" -> linear(line, value);
      case "layernorm" -> layerNorm(line, value);
      case "relu" -> pointwise(line, value, Layer.Function.RELU);
      case "tanh" -> pointwise(line, value, Layer.Function.TANH);
      case "sigmoid" -> pointwise(line, value, Layer.Function.SIGMOID);
      case "softmax" -> softmax(line, value);
      case "lstm" -> lstm(line, value);
      case "attention" -> attention(line, value);
      case "concat" -> concat(line, value);
      case "slice" -> slice(line, value);
      case "last" -> {
        Layer from = source(line, "NAME = last X");
        yield new Layer.Last(value, from.name(), from.shape());
      }
      case "mean" -> {
        Layer from = source(line, "NAME = mean X");
        yield new Layer.Mean(value, from.name(), from.shape());
      }
      default ->
          throw line.error(
              "unknown layer '"
                  + kind
                  + "'; one of linear layernorm relu tanh sigmoid softmax lstm attention concat"
                  + " slice last mean");
    };
  }

  private Layer linear(GraphLine line, String value) {
    Layer from = source(line, "NAME = linear X WIDTH as PATH");
    int width = width(line);
    return new Layer.Linear(value, from.name(), from.shape(), width, path(line));
  }

  private Layer layerNorm(GraphLine line, String value) {
    Layer from = source(line, "NAME = layernorm X as PATH");
    return new Layer.LayerNorm(value, from.name(), from.shape(), path(line));
  }

  private Layer pointwise(GraphLine line, String value, Layer.Function function) {
    Layer from = source(line, "NAME = " + function.name().toLowerCase(Locale.ROOT) + " X");
    return new Layer.Pointwise(value, from.name(), from.shape(), function);
  }

  private Layer softmax(GraphLine line, String value) {
    Layer from = source(line, "NAME = softmax X [groups N]");
    int groups = line.optional("groups") ? line.number("groups", 1, Shape.MOST_WIDTH) : 1;
    return new Layer.Softmax(value, from.name(), from.shape(), groups);
  }

  private Layer lstm(GraphLine line, String value) {
    Layer from = source(line, "NAME = lstm X HIDDEN [layers N] [bidirectional] as PATH");
    int hidden = width(line);
    int depth = line.optional("layers") ? line.number("layers", 1, 16) : 1;
    boolean both = line.optional("bidirectional");
    return new Layer.Lstm(value, from.name(), from.shape(), hidden, depth, both, path(line));
  }

  private Layer attention(GraphLine line, String value) {
    String form = "NAME = attention QUERY MEMORY heads N as PATH";
    Layer query = source(line, form);
    Layer memory = source(line, form);
    line.require("heads");
    int heads = line.number("heads", 1, Shape.MOST_WIDTH);
    return new Layer.Attention(
        value, query.name(), query.shape(), memory.name(), memory.shape(), heads, path(line));
  }

  private Layer concat(GraphLine line, String value) {
    line.form("NAME = concat X Y...");
    List<String> names = line.names();
    List<Shape> shapes = names.stream().map(n -> known(line, n).shape()).toList();
    if (names.size() < 2) {
      throw line.error("joins one value only; name two or more");
    }
    return new Layer.Concat(value, names, shapes);
  }

  private Layer slice(GraphLine line, String value) {
    Layer from = source(line, "NAME = slice X FROM TO");
    int first = line.number("the first column", 0, Shape.MOST_WIDTH);
    int end = line.number("the column after the last", 1, Shape.MOST_WIDTH);
    return new Layer.Slice(value, from.name(), from.shape(), first, end);
  }

  private Layer source(GraphLine line, String form) {
    line.form(form);
    return known(line, line.name());
  }

  private Layer known(GraphLine line, String value) {
    Layer layer = layers.get(value);
    if (layer == null) {
      throw line.error("reads '" + value + "', which no line above makes; define it first");
    }
    return layer;
  }

  private static int steps(GraphLine line) {
    return line.number("the number of steps", 1, Shape.MOST_STEPS);
  }

  private static int width(GraphLine line) {
    return line.number("the width", 1, Shape.MOST_WIDTH);
  }

  private static String path(GraphLine line) {
    line.require("as");
    return line.path();
  }

  private static String decode(String where, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new InputException(where, "is over " + MOST_BYTES + " bytes; no graph is that long");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(where, "is not UTF-8 text; a graph is", e);
    }
  }
}
