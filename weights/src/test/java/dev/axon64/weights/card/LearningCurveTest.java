package dev.axon64.weights.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.weights.train.EpochRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class LearningCurveTest {
  private static final List<EpochRecord> HISTORY =
      List.of(
          new EpochRecord(1, "search", 100, 0.9, 4, 30),
          new EpochRecord(2, "search", 1, 0.99, 4, 30),
          new EpochRecord(3, "prune", 0, 1, 3, 20));

  @Test
  void linesRunFromTheFirstDecadeToTheLast() throws Exception {
    Document svg = parse(LearningCurve.svg("A < B & C", HISTORY));
    Element loss = (Element) svg.getElementsByTagName("polyline").item(0);
    Element error = (Element) svg.getElementsByTagName("polyline").item(1);
    assertEquals("328.0,56.0 592.0,136.0 856.0,376.0", loss.getAttribute("points"));
    assertEquals("328.0,176.0 592.0,216.0 856.0,376.0", error.getAttribute("points"));
    assertEquals("A < B & C", svg.getElementsByTagName("title").item(0).getTextContent());
  }

  @Test
  void textDependsOnNoLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String german = LearningCurve.svg("t", HISTORY);
      Locale.setDefault(Locale.ROOT);
      assertEquals(LearningCurve.svg("t", HISTORY), german);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void emptyHistoryIsStillAPicture() throws Exception {
    assertTrue(parse(LearningCurve.svg("none", List.of())).hasChildNodes());
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
