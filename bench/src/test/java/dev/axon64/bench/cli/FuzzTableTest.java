package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonParser;
import dev.axon64.bench.fuzz.FuzzCase;
import dev.axon64.bench.fuzz.FuzzCase.Emulator;
import dev.axon64.bench.fuzz.FuzzCase.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FuzzTableTest {
  private static final FuzzCase PLAIN = new FuzzCase(Emulator.AXON64, false, false, Input.SMALL);
  private static final FuzzCase HOOKED = new FuzzCase(Emulator.AXON64, false, true, Input.SMALL);

  private static final FuzzTable TABLE =
      new FuzzTable(
          new Host("x", 2, 256, "java", -1),
          3,
          Map.of(Input.SMALL, 50L, Input.LARGE, 24_590L),
          Map.of(
              PLAIN,
              List.of(1000.0, 2000.0, 4000.0),
              HOOKED,
              List.of(2000.0, 5000.0, 8000.0),
              HOOKED.on(Emulator.UNICORN),
              List.of(20_000.0, 10_000.0, 16_000.0)));

  @Test
  void ratiosAreTakenWithinARound() {
    assertEquals(500_000, TABLE.calls(PLAIN).getAsDouble(), 1e-6);
    assertEquals(0.5, TABLE.unhooked(HOOKED).getAsDouble(), 1e-9);
    assertEquals(2, TABLE.ratio(HOOKED, HOOKED.on(Emulator.UNICORN)).getAsDouble(), 1e-9);
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    List<String> rows = TABLE.text().lines().filter(line -> line.startsWith("registers")).toList();
    assertEquals(2, rows.size(), TABLE::text);
    assertEquals(
        List.of("registers", "none", "50", "500,000", "-", "-", "-", "-"),
        List.of(rows.get(0).split(" +")));
    assertEquals(
        List.of("registers", "coverage", "50", "200,000", "0.50", "62,500", "-", "2.00"),
        List.of(rows.get(1).split(" +")));
    assertFalse(TABLE.text().contains("page"), TABLE::text);
  }

  @Test
  void jsonHasTheSame() {
    var cases = JsonParser.parseString(TABLE.json()).getAsJsonObject().getAsJsonArray("cases");
    assertEquals(3, cases.size());
    for (var one : cases) {
      assertEquals(50, one.getAsJsonObject().get("instructions").getAsLong());
    }
  }
}
