package dev.axon64.weights.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.weights.card.Epoch;
import dev.axon64.weights.finetune.FineTuned;
import dev.axon64.weights.finetune.FineTuningJson;
import dev.axon64.weights.finetune.FineTuningRun;
import dev.axon64.weights.finetune.Gate;
import dev.axon64.weights.finetune.Measure;
import dev.axon64.weights.finetune.Paired;
import dev.axon64.weights.finetune.ProgramSplit;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class FineTuningPageTest {
  /** Ten samples of a program, six of which become right; the second measure applies to none. */
  private static FineTuningRun run() {
    List<Paired> pairs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      double[] before = {i < 2 ? 1 : 0, Double.NaN};
      double[] after = {i < 8 ? 1 : 0, Double.NaN};
      pairs.add(new Paired("a<b>", i, before, after));
    }
    Gate gate = new Gate(Gate.SIGNIFICANCE, 0.02);
    FineTuned tuned =
        new FineTuned(
            "loop-detector",
            "loops",
            "shipped",
            "1234",
            new ProgramSplit(List.of("c&d"), List.of("a<b>")),
            50,
            7,
            List.of(new Epoch(0, 2, 2), new Epoch(1, 1, 0.5)),
            1,
            List.of(Measure.share("type right"), Measure.error("off")),
            pairs,
            gate.judge(pairs, Map.of("old", pairs)),
            "out/loop-detector.safetensors");
    return new FineTuningRun("traces", 3, gate, List.of(tuned));
  }

  private static void parse(String xml) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void thePageHasNumbersAndPictures() throws Exception {
    String page = FineTuningPage.html(run());
    for (String text :
        List.of("ACCEPTED", "20.0 % → 80.0 %", "- → -", "a&lt;b&gt;", "c&amp;d", "+60.00 (")) {
      assertTrue(page.contains(text), text);
    }
    assertFalse(page.contains("a<b>"));
    assertFalse(page.contains("NaN"));
    assertEquals(page, FineTuningPage.html(run()));
    Matcher bars = Pattern.compile("<svg .*?</svg>", Pattern.DOTALL).matcher(page);
    assertTrue(bars.find());
    parse(bars.group());
    Matcher curve = Pattern.compile("data:image/svg.xml;base64,([^\"]+)").matcher(page);
    assertTrue(curve.find());
    String svg = new String(Base64.getDecoder().decode(curve.group(1)), StandardCharsets.UTF_8);
    parse(svg);
    assertTrue(svg.contains("points=\"64.0,56.0 720.0,248.0\""), "validation, 2 to 0.5: " + svg);
  }

  @Test
  void theJsonHasTheSame() {
    JsonObject model =
        JsonParser.parseString(FineTuningJson.of(run()))
            .getAsJsonObject()
            .getAsJsonArray("models")
            .get(0)
            .getAsJsonObject();
    assertTrue(model.get("accepted").getAsBoolean());
    JsonObject heldOut = model.getAsJsonObject("heldOut");
    assertEquals(0.2, heldOut.get("before").getAsDouble());
    assertEquals(0.8, heldOut.get("after").getAsDouble());
    assertEquals(1 / 64.0, heldOut.get("chance").getAsDouble());
    JsonObject program = model.getAsJsonArray("programs").get(0).getAsJsonObject();
    assertEquals("a<b>", program.get("program").getAsString());
    assertEquals(0.8, program.getAsJsonObject("type right").get("after").getAsDouble());
  }
}
