package dev.axon64.codegen.chart;

import java.util.Locale;

/**
 * Writes a picture element by element. Attributes are given as names and values in turn: a {@link
 * Double} is written with one decimal, all else as it is, escaped. The attribute {@link #TITLE}
 * becomes the text that a viewer shows when the pointer is on the element.
 */
public final class Svg {
  /** The text of an element that is shown when the pointer is on it. */
  public static final String TITLE = "title";

  private final StringBuilder out = new StringBuilder();

  private Svg() {}

  /** Begins a picture that is its own file: dark text on white, with a title. */
  public static Svg file(int width, int height, String title) {
    Svg svg = new Svg();
    svg.out.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    svg.attributes("viewBox", "0 0 " + width + " " + height);
    svg.attributes("font-family", "sans-serif", "font-size", 12, "fill", "#333");
    svg.out.append(">\n<title>").append(escape(title)).append("</title>\n");
    return svg.element("rect", "width", "100%", "height", "100%", "fill", "#fff");
  }

  /** Begins a picture within a page of HTML, whose style applies to it. */
  public static Svg inline(int width, int height, String label) {
    Svg svg = new Svg();
    svg.out.append("<svg");
    svg.attributes("viewBox", "0 0 " + width + " " + height, "role", "img", "aria-label", label);
    svg.out.append(">\n");
    return svg;
  }

  /** Escapes text for an element or an attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Writes a straight line. */
  public Svg line(Object x1, Object y1, Object x2, Object y2, Object... attributes) {
    out.append("<line");
    attributes("x1", x1, "y1", y1, "x2", x2, "y2", y2);
    return close("line", attributes);
  }

  /** Writes a rectangle. */
  public Svg rect(Object x, Object y, Object width, Object height, Object... attributes) {
    out.append("<rect");
    attributes("x", x, "y", y, "width", width, "height", height);
    return close("rect", attributes);
  }

  /** Writes text that starts at a point, or has its middle or end there. */
  public Svg text(Object x, Object y, String text, Object... attributes) {
    out.append("<text");
    attributes("x", x, "y", y);
    attributes(attributes);
    out.append('>').append(escape(text)).append("</text>\n");
    return this;
  }

  /** Writes any other element. */
  public Svg element(String name, Object... attributes) {
    out.append('<').append(name);
    return close(name, attributes);
  }

  private Svg close(String name, Object... attributes) {
    String title = attributes(attributes);
    if (title.isEmpty()) {
      out.append("/>\n");
    } else {
      out.append("><title>").append(escape(title)).append("</title></").append(name).append(">\n");
    }
    return this;
  }

  /** Writes all attributes but the title, which it returns. */
  private String attributes(Object... namesAndValues) {
    String title = "";
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      String text = value instanceof Double number ? number(number) : value.toString();
      if (namesAndValues[i].equals(TITLE)) {
        title = text;
      } else {
        out.append(' ').append(namesAndValues[i]).append("=\"").append(escape(text)).append('"');
      }
    }
    return title;
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** The picture's text, complete. */
  public String end() {
    return out + "</svg>\n";
  }
}
