package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.axon64.bench.Shots.Time;
import dev.axon64.bench.emulate.GuestExecutor;
import dev.axon64.bench.emulate.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EmulationTableTest {
  private static final Host HOST = new Host("x", 2, 256, "java", -1);

  private static Map<GuestExecutor, Double> speeds(double translated, double qemu) {
    return Map.of(GuestExecutor.TRANSLATED, translated, GuestExecutor.QEMU, qemu);
  }

  private static final EmulationTable TABLE =
      new EmulationTable(
          HOST,
          false,
          new TreeMap<>(Map.of(Workload.ALU, speeds(400, 100), Workload.CRC, speeds(100, 100))),
          new TreeMap<>(
              Map.of(
                  GuestExecutor.TRANSLATED, new Time(6e8, 9e8),
                  GuestExecutor.QEMU, new Time(2e8, 1e8))),
          45.5);

  private static List<String> cells(String text, String row, int which) {
    List<String> lines = text.lines().filter(line -> line.startsWith(row + " ")).toList();
    return List.of(lines.get(which).substring(row.length()).strip().split(" +"));
  }

  @Test
  void ratiosAreToThePeerAndTheirMeanIsGeometric() {
    String text = TABLE.text();
    assertEquals(List.of("400.0", "100.0"), cells(text, "alu", 0));
    assertEquals(List.of("4.00"), cells(text, "alu", 1));
    assertEquals(List.of("1.00"), cells(text, "crc", 1));
    assertEquals(List.of("2.00"), cells(text, "geometric mean", 0));
    assertFalse(text.contains("times libunicorn2"), "what was not measured is no peer");
  }

  @Test
  void flatCodeIsReportedByItself() {
    String text = TABLE.text();
    assertTrue(text.contains("45.5 million instructions"), text);
    assertEquals(List.of("0.60", "3.00", "0.90", "9.00"), cells(text, "translated", 0));
  }

  @Test
  void jsonHasTheSame() {
    var root = JsonParser.parseString(TABLE.json()).getAsJsonObject();
    assertEquals(
        2,
        root.getAsJsonObject("geometricMeans")
            .getAsJsonObject("QEMU")
            .get("TRANSLATED")
            .getAsDouble(),
        1e-9);
    assertEquals(
        6e8,
        root.getAsJsonObject("flat").getAsJsonObject("TRANSLATED").get("passed").getAsDouble());
  }

  @Test
  void nothingIsSaidOfWhatWasNotMeasured() {
    String hot = new EmulationTable(HOST, true, TABLE.speeds(), Map.of(), 0).text();
    assertFalse(hot.contains("Flat"), hot);
    String flat = new EmulationTable(HOST, true, Map.of(), TABLE.flat(), 1).text();
    assertFalse(flat.contains("geometric"), flat);
  }
}
