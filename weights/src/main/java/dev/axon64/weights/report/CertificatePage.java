package dev.axon64.weights.report;

import dev.axon64.codegen.network.Exactness.LayerProof;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.Digests;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.Certificate.GroupCount;
import dev.axon64.weights.certify.CertificateFiles;
import dev.axon64.weights.certify.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A certificate as one page of HTML that needs nothing beside itself. */
public final class CertificatePage {
  private final Certificate c;
  private final StringBuilder page = new StringBuilder();

  private CertificatePage(Certificate certificate) {
    this.c = certificate;
  }

  /** The page; it depends on the certificate alone. */
  public static String html(Certificate certificate) {
    return new CertificatePage(certificate).build();
  }

  private String build() {
    String title = "Axon64 certificate: " + c.subject().model();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>" + Html.escape(title) + "</title>\n")
        .append("<style>\n" + style() + "</style>\n</head>\n<body>\n");
    header();
    figures();
    reasons();
    section("What is proven", proofs());
    section("Answers against labels", ConfusionTable.html(c));
    section("Margins", MarginChart.svg(c.margins().bins()));
    section("The encoding space", maps());
    section("Encoding groups", groups());
    section("Identity", identity());
    footer();
    return page.append("</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream in = CertificatePage.class.getResourceAsStream("certificate.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void section(String title, String content) {
    page.append("<section>\n<h2>" + Html.escape(title) + "</h2>\n" + content + "</section>\n");
  }

  private void header() {
    Subject s = c.subject();
    page.append(
        String.format(
            "<header><div><h1>Dispatch network <code style=\"font-size:inherit\">%s</code></h1>"
                + "<p>%s float32, %s arithmetic, %d kernels</p></div>"
                + "<div class=\"verdict %s\">%s</div></header>%n",
            Html.escape(s.model()),
            Words.count(s.parameters()),
            s.arithmetic(),
            s.kernels().size(),
            c.certified() ? "yes" : "no",
            c.certified() ? "CERTIFIED" : "NOT CERTIFIED"));
  }

  private void figures() {
    page.append("<dl class=\"figures\">\n");
    figure("words swept", Words.count(c.words()), "through the generated SIMD code");
    figure("wrong", Words.count(c.wrong()), Words.share(c.wrong(), c.words()) + " of all words");
    figure("ties", Words.count(c.margins().ties()), "two best scores equal");
    Float smallest = c.margins().smallest();
    figure(
        "smallest margin",
        smallest == null ? "none" : smallest.toString(),
        smallest == null ? "no second score" : "first at word " + c.margins().smallestWord());
    page.append("</dl>\n");
  }

  private void figure(String name, String value, String note) {
    page.append(
        String.format(
            "<div><dt>%s</dt><dd>%s<small>%s</small></dd></div>%n",
            Html.escape(name), Html.escape(value), Html.escape(note)));
  }

  private void reasons() {
    if (!c.reasons().isEmpty()) {
      page.append("<ul class=\"reasons\">\n");
      c.reasons().forEach(r -> page.append("<li>" + Html.escape(r) + "</li>\n"));
      page.append("</ul>\n");
    }
  }

  private String proofs() {
    StringBuilder html = new StringBuilder();
    html.append(paragraph("Every word", everyWord()));
    html.append(paragraph("Every pc", Words.pc(c)));
    html.append(paragraph("Every order", Words.order(c)));
    List<LayerProof> layers = c.order().proof().layers();
    if (!layers.isEmpty()) {
      html.append("<table><thead>");
      List<String> names =
          List.of("layer", "all terms are multiples of", "no sum over", "bits (of 24)");
      html.append(Html.row(names.stream().map(Html::head).toList())).append("</thead><tbody>\n");
      for (LayerProof layer : layers) {
        html.append(
            Html.row(
                List.of(
                    Html.name(layer.name()),
                    Html.cell("2^" + layer.gridExponent()),
                    Html.cell(String.format(Locale.ROOT, "%s", layer.greatestSum())),
                    Html.cell(Integer.toString(layer.bits())))));
      }
      html.append("</tbody></table>\n");
    }
    return html.toString();
  }

  private static String paragraph(String name, String text) {
    return "<p><b>" + Html.escape(name) + ".</b> " + Html.escape(text) + "</p>\n";
  }

  private String everyWord() {
    String swept =
        Words.count(c.words())
            + " words went through the generated code at pc "
            + c.pc().proof().referencePc()
            + ", and each answer was compared with the kernel of the word's encoding group: ";
    String result = c.wrong() == 0 ? "all are right. " : Words.count(c.wrong()) + " are wrong. ";
    return swept
        + result
        + "The batch path, the batch path with margins and the single-word path were held against"
        + " each other on the way: "
        + Words.count(c.disagreements())
        + " disagreements.";
  }

  private String maps() {
    MapPicture picture = new MapPicture(c.map());
    List<String> names = c.subject().kernels();
    StringBuilder html = new StringBuilder("<ul class=\"legend\">\n");
    for (int k = 0; k < names.size(); k++) {
      legend(html, Palette.kernel(k), names.get(k));
    }
    if (c.wrong() != 0) {
      legend(html, Palette.wrong(1), "1 % wrong");
      legend(html, Palette.wrong(100), "all wrong");
    }
    html.append("</ul>\n<div class=\"maps" + (c.wrong() == 0 ? " one" : "") + "\">\n");
    String answers =
        "Kernel that the network answers" + (c.wrong() == 0 ? " (= label)" : ", mostly");
    figure(html, answers, picture.kernels(c.map().answered(), names.size(), answers));
    if (c.wrong() != 0) {
      String labels = "Kernel by encoding group";
      figure(html, labels, picture.kernels(c.map().expected(), names.size(), labels));
      String wrong = "Share of words that get a wrong kernel; white is none";
      figure(html, wrong, picture.wrong(wrong));
    }
    return html.append("</div>\n").toString();
  }

  private static void legend(StringBuilder html, int colour, String name) {
    html.append(
        "<li><i style=\"background:"
            + Palette.css(colour)
            + "\"></i>"
            + Html.escape(name)
            + "</li>\n");
  }

  private static void figure(StringBuilder html, String caption, String picture) {
    html.append(
        "<figure><figcaption>"
            + Html.escape(caption)
            + "</figcaption>\n"
            + picture
            + "</figure>\n");
  }

  private String groups() {
    StringBuilder html = new StringBuilder("<table><thead>");
    html.append(
        Html.row(
            List.of(
                Html.head("group"),
                Html.head("kernel"),
                "<th class=\"n\">words</th>",
                "<th class=\"n\">wrong</th>",
                "<th class=\"n\">share</th>")));
    html.append("</thead><tbody>\n");
    for (GroupCount group : c.groups()) {
      html.append(
          Html.row(
              List.of(
                  Html.name(group.name()),
                  Html.cell(group.kernel()),
                  Html.number(Words.count(group.words())),
                  Html.number(Words.count(group.wrong())),
                  Html.number(Words.share(group.wrong(), group.words())))));
    }
    return html.append("</tbody></table>\n").toString();
  }

  private String identity() {
    Subject s = c.subject();
    StringBuilder html = new StringBuilder("<table><tbody>\n");
    for (SpecFile file : s.spec()) {
      digest(html, file.name(), file.sha256());
    }
    digest(html, s.weightsFile().name(), s.weightsFile().sha256());
    digest(html, "weights, flat little-endian float32", s.weightsSha256());
    digest(html, "generated Java", s.javaSha256());
    String json = CertificateFiles.text(c);
    digest(html, "certificate (JSON)", Digests.sha256(json.getBytes(StandardCharsets.UTF_8)));
    html.append("</tbody></table>\n<p>After lowering: ");
    html.append(
        String.join(
            "; ",
            s.layers().stream()
                .map(l -> l.layer() + " " + l.units() + " units, " + l.terms() + " products")
                .map(Html::escape)
                .toList()));
    return html.append(".</p>\n").toString();
  }

  private static void digest(StringBuilder html, String name, String sha256) {
    html.append(
        Html.row(
            List.of(Html.name(name), "<td><code>sha256 " + Html.escape(sha256) + "</code></td>")));
  }

  private void footer() {
    boolean shipped = c.subject().weightsFile().name().equals(c.subject().model() + ".npy");
    String command =
        shipped
            ? "./axon64 certify --model " + c.subject().model()
            : "./axon64 certify --spec "
                + c.subject().model()
                + " --weights "
                + c.subject().weightsFile().name();
    page.append(
        "<footer>Made again by <code>"
            + Html.escape(command)
            + "</code>; the same network gives the"
            + " same certificate on any machine.</footer>\n");
  }
}
