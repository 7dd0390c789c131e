package dev.axon64.codegen.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SvgTest {
  @Test
  void aFileIsWrittenElementByElement() {
    String svg =
        Svg.file(30, 20, "a < b")
            .line(1, 2.05, 3, 4.0, "stroke", "#ddd")
            .rect(0.5, 1, 2, 3, "class", "bar", Svg.TITLE, "3 & more")
            .text(7, 8.25, "x > \"y\"", "text-anchor", "end")
            .end();
    assertEquals(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" font-family="sans-serif" \
        font-size="12" fill="#333">
        <title>a &lt; b</title>
        <rect width="100%" height="100%" fill="#fff"/>
        <line x1="1" y1="2.1" x2="3" y2="4.0" stroke="#ddd"/>
        <rect x="0.5" y="1" width="2" height="3" class="bar"><title>3 &amp; more</title></rect>
        <text x="7" y="8.3" text-anchor="end">x &gt; &quot;y&quot;</text>
        </svg>
        """,
        svg);
  }

  @Test
  void aPictureInAPageHasTheStyleOfThePage() {
    assertEquals(
        """
        <svg viewBox="0 0 3 2" role="img" aria-label="&quot;words&quot;">
        <circle r="1"/>
        </svg>
        """,
        Svg.inline(3, 2, "\"words\"").element("circle", "r", 1).end());
  }

  private static String chart() {
    LineChart chart =
        new LineChart("t", 200, 150, 60, new Axis(0, 4), new Axis(Axis.decade(0.1, -6), 1));
    chart.band(0, 1, "narrow", true);
    chart.band(1, 4, "wide", true);
    chart.grid(0, "1");
    chart.tick(2, "two");
    chart.caption("seconds");
    chart.mark(3, "red", "here");
    chart.line("blue", List.of(new LineChart.Point(0, -1), new LineChart.Point(4, 1)));
    chart.legend(10, "blue", "growth");
    return chart.end();
  }

  @Test
  void aChartHasAxesBandsMarksLinesAndLegends() {
    String svg = chart();
    assertEquals(
        """
        <text x="60" y="24" font-size="16" fill="#111">t</text>
        <rect x="60.0" y="56" width="29.0" height="50" fill="#f3f5f8"/>
        <rect x="89.0" y="56" width="87.0" height="50" fill="#f3f5f8"/>
        <text x="93.0" y="70" fill="#777">wide</text>
        <line x1="60" y1="81.0" x2="176" y2="81.0" stroke="#ddd"/>
        <text x="52" y="85.0" text-anchor="end">1</text>
        <text x="118.0" y="124" text-anchor="middle">two</text>
        <text x="60" y="142" fill="#777">seconds</text>
        <line x1="147.0" y1="56" x2="147.0" y2="106" stroke="red" stroke-dasharray="3 3">\
        <title>here</title></line>
        <polyline points="60.0,106.0 176.0,56.0" fill="none" stroke="blue" stroke-width="1.5"/>
        <line x1="70" y1="42" x2="90" y2="42" stroke="blue" stroke-width="3"/>
        <text x="96" y="46">growth</text>
        </svg>
        """,
        svg.substring(svg.indexOf("<text")));
  }

  @Test
  void textDependsOnNoLocale() {
    String here = chart();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(here, chart());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void decadesOfSmallNumbersAreTheLeast() {
    assertEquals(3, Axis.decade(1000, -6));
    assertEquals(-6, Axis.decade(1e-9, -6));
    assertEquals(-6, Axis.decade(0, -6));
  }

  @Test
  void anAxisHasALength() {
    assertThrows(IllegalArgumentException.class, () -> new Axis(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Axis(0, Double.NaN));
  }
}
