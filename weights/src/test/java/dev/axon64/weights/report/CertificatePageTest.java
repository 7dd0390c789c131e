package dev.axon64.weights.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.Certificate.Bin;
import dev.axon64.weights.certify.Certificate.GroupCount;
import dev.axon64.weights.certify.Certificate.KernelCount;
import dev.axon64.weights.certify.OrderProof;
import dev.axon64.weights.certify.PcProof;
import dev.axon64.weights.certify.Subject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CertificatePageTest {
  /** Two kernels over four cells, one of which is half wrong. */
  private static Certificate certificate(boolean wrong) {
    SpecFile file = new SpecFile("a<b>.spec", "11");
    Subject subject =
        new Subject(
            "a<b>",
            List.of(file),
            new SpecFile("w.npy", "22"),
            "33",
            7,
            "44",
            "exact",
            List.of("ONE", "TWO"),
            List.of(new Subject.Group("g1", 0), new Subject.Group("g2", 1)),
            List.of(new Subject.Live("fc1", 3, 4)));
    return new Certificate(
        Certificate.FORMAT,
        subject,
        !wrong,
        wrong ? List.of("1 word & more") : List.of(),
        8,
        wrong ? 1 : 0,
        0,
        Map.of("ONE", new KernelCount(4, 4), "TWO", new KernelCount(4, 4)),
        Map.of(
            "ONE",
            Map.of("ONE", 4L),
            "TWO",
            wrong ? Map.of("ONE", 1L, "TWO", 3L) : Map.of("TWO", 4L)),
        List.of(new GroupCount("g1", "ONE", 4, 0), new GroupCount("g2", "TWO", 4, wrong ? 1 : 0)),
        new Certificate.Margins(
            wrong ? 1 : 0,
            wrong ? 0f : 0.5f,
            "0x00000001",
            List.of(new Bin(wrong ? 0 : 0.5f, 0.625f, 1), new Bin(8, 10, 7))),
        new Certificate.PcResult(
            new PcProof(PcProof.Kind.ZERO_COEFFICIENT, "0x0", List.of(), null, List.of()), 0, 0),
        new Certificate.OrderResult(new OrderProof(OrderProof.Kind.EXACT, "", List.of(), 0), 0, 0),
        new Certificate.MapView(
            List.of(31), List.of(5), "0x2 1x2", "0x2 1x2", wrong ? "0x3 50" : "0x4"));
  }

  @Test
  void isOneWholePageWithoutOutsideParts() throws Exception {
    for (boolean wrong : new boolean[] {false, true}) {
      String page = CertificatePage.html(certificate(wrong));
      assertTrue(page.startsWith("<!doctype html>") && page.endsWith("</html>\n"));
      assertFalse(Pattern.compile("(src|href)=\"(?!data:)").matcher(page).find());
      assertFalse(page.contains("http"), "no address but data");
      assertFalse(page.contains("a<b>"), "text is escaped");
      assertTrue(page.contains("a&lt;b&gt;"));
      assertEquals(wrong, page.contains("NOT CERTIFIED"));
      assertEquals(wrong, page.contains("1 word &amp; more"));
      assertEquals(wrong ? 4 : 2, pictures(page));
    }
  }

  /** Each picture is well-formed XML. */
  private static int pictures(String page) throws Exception {
    Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (svg.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg.group())));
      count++;
    }
    return count;
  }

  @Test
  void mapsHaveTheColoursOfTheirCells() throws IOException {
    String page = CertificatePage.html(certificate(true));
    Matcher uri = Pattern.compile("data:image/png;base64,([^\"]+)").matcher(page);
    assertTrue(uri.find());
    BufferedImage answers = decode(uri.group(1));
    assertEquals(2, answers.getWidth());
    assertEquals(2, answers.getHeight());
    assertEquals(Palette.kernel(0), answers.getRGB(0, 1) & 0xffffff);
    assertEquals(Palette.kernel(1), answers.getRGB(1, 0) & 0xffffff);
    assertTrue(uri.find() && uri.find());
    BufferedImage shares = decode(uri.group(1));
    assertEquals(0xffffff, shares.getRGB(1, 0) & 0xffffff);
    assertEquals(Palette.wrong(50), shares.getRGB(1, 1) & 0xffffff);
  }

  private static BufferedImage decode(String base64) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  @Test
  void sharesNeverRoundAwayAnError() {
    assertEquals("0 %", Words.share(0, 1L << 32));
    assertEquals("under 0.01 %", Words.share(1, 1L << 32));
    assertEquals("over 99.99 %", Words.share((1L << 32) - 1, 1L << 32));
    assertEquals("100 %", Words.share(5, 5));
    assertEquals("w[31:24] w[5]", Words.fields(List.of(31, 30, 29, 28, 27, 26, 25, 24, 5)));
  }

  @Test
  void summaryTellsTheVerdict() {
    String text = CertificateSummary.text(certificate(true));
    assertTrue(text.contains("NOT CERTIFIED"));
    assertTrue(text.contains("not because  1 word & more"));
    assertFalse(CertificateSummary.text(certificate(false)).contains("NOT"));
  }
}
