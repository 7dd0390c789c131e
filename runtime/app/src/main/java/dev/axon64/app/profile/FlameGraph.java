package dev.axon64.app.profile;

import java.util.Locale;

/**
 * A call tree as an SVG picture: a box for each function in each stack, as wide as its share of the
 * instructions, on top of its caller. Boxes are SVG pictures of their own, so that a name is cut
 * where its box ends.
 */
final class FlameGraph {
  private static final int ROW = 18;

  /** Parts of the width that are left out: nobody could see them. */
  private static final double NARROWEST = 0.0002;

  private final StringBuilder svg = new StringBuilder();
  private final double all;
  private final int depth;

  private FlameGraph(CallTree tree) {
    all = Math.max(1, tree.all());
    depth = depth(tree);
  }

  /** The picture of a tree. */
  static String svg(CallTree tree) {
    FlameGraph graph = new FlameGraph(tree);
    graph.svg.append(
        "<svg id=\"flames\" xmlns=\"http://www.w3.org/2000/svg\" width=\"100%%\" height=\"%d\">%n"
            .formatted(graph.depth * ROW));
    graph.box(tree, 0, 0);
    return graph.svg.append("</svg>\n").toString();
  }

  private int depth(CallTree tree) {
    return tree.all() / all < NARROWEST
        ? 0
        : 1 + tree.callees().stream().mapToInt(this::depth).max().orElse(0);
  }

  /**
   * @param start where it begins, as a part of the width
   */
  private void box(CallTree tree, double start, int row) {
    double width = tree.all() / all;
    if (width < NARROWEST) {
      return;
    }
    String name = Html.escaped(tree.function().name());
    String object = Html.escaped(tree.function().object());
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"box\" x=\"%.4f%%\" y=\"%d\" width=\"%.4f%%\" height=\"%d\" data-x=\"%.6f\""
                + " data-w=\"%.6f\"><title>%s %s: %.2f%%, %,d instructions, %,d of its own</title>"
                + "<rect width=\"100%%\" height=\"%d\" fill=\"%s\"/><text x=\"3\" y=\"13\">%s</text>"
                + "</svg>%n",
            100 * start,
            (depth - 1 - row) * ROW,
            100 * width,
            ROW - 1,
            start,
            width,
            name,
            object,
            100 * width,
            tree.all(),
            tree.self(),
            ROW - 1,
            colour(tree.function()),
            name));
    double at = start;
    for (CallTree callee : tree.callees()) {
      box(callee, at, row + 1);
      at += callee.all() / all;
    }
  }

  /** Functions of one object have one hue. */
  private static String colour(CallTree.Function function) {
    int hue = 20 + Math.floorMod(function.object().hashCode() * 31, 200);
    int light = 62 + Math.floorMod(function.name().hashCode(), 16);
    return "hsl(%d 70%% %d%%)".formatted(hue, light);
  }
}
