package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.axon64.bench.programs.Executor;
import dev.axon64.bench.programs.ProgramsRun;
import dev.axon64.bench.programs.ProgramsRun.Row;
import dev.axon64.bench.programs.Seconds;
import dev.axon64.bench.programs.WholeProgram;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramsTableTest {
  private static final Executor QEMU = Executor.qemu();
  private static final Executor ENGINE = GuestJvm.executor("translated");

  private static WholeProgram program(String name, boolean isApart) {
    return new WholeProgram(name, isApart, Path.of("/"), "/" + name, List.of(), Path.of("/i"));
  }

  private static Map<Executor, Row> rows(double ratio, String difference) {
    return Map.of(
        QEMU, new Row(new Seconds(1, 1), new Seconds(1, 1), ""),
        ENGINE, new Row(new Seconds(ratio, 2), new Seconds(ratio, 2), difference));
  }

  private static ProgramsTable table(String difference) {
    Map<WholeProgram, Map<Executor, Row>> all = new LinkedHashMap<>();
    all.put(program("lua", false), rows(2, ""));
    all.put(program("perl", false), rows(8, difference));
    all.put(program("flat code", true), rows(100, ""));
    return new ProgramsTable(
        new Host("x", 2, 256, "java", -1),
        3,
        false,
        List.of(QEMU, ENGINE),
        List.of("not measured: gawk"),
        new ProgramsRun.Result(all, List.of("xz exits with 1")));
  }

  @Test
  void whatIsReportedApartIsNotInTheMean() {
    String text = table("").text();
    assertTrue(text.contains("translated: 4.00 times the time, 2.00 times"), text);
    assertTrue(text.contains("100.00"), text);
    var means = JsonParser.parseString(table("").json()).getAsJsonObject();
    double mean =
        means
            .getAsJsonObject("geometricMeans")
            .getAsJsonObject("translated")
            .get("passed")
            .getAsDouble();
    assertEquals(4, mean, 1e-9);
  }

  @Test
  void differencesAndAbsencesAreNamed() {
    assertTrue(table("").alike());
    ProgramsTable table = table("other output from byte 7");
    assertFalse(table.alike());
    assertTrue(table.text().contains("SOME PROGRAMS DID NOT END ALIKE"));
    assertTrue(table.text().contains("translated DIFFERS: other output from byte 7"));
    assertTrue(table.text().contains("not measured: gawk"));
    assertTrue(table.text().contains("not measured: xz exits with 1"));
  }
}
