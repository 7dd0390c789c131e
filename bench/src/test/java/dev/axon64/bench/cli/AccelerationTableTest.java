package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Counts;
import dev.axon64.bench.accelerate.Gain;
import dev.axon64.bench.accelerate.Program;
import dev.axon64.bench.accelerate.Program.Group;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AccelerationTableTest {
  private static final Host HOST = new Host("Linux amd64", 2, 512, "a VM", 0.1);

  private static Gain gain(String name, Group group, double plain, double fast, String difference) {
    return new Gain(
        Program.alone(name, group, Path.of(name)),
        new Counts(1_000_000, 1_000_000),
        new Counts(1_000_000, 10_000),
        List.of(new Gain.Times(plain, fast)),
        difference);
  }

  private static AccelerationTable table(String difference) {
    return new AccelerationTable(
        HOST,
        1,
        false,
        new AccelerationRun.Result(
            List.of(
                gain("copy", Group.BULK, 40, 5, ""),
                gain("fill", Group.BULK, 40, 20, ""),
                gain("sort", Group.WHOLE, 9, 10, difference)),
            List.of("ls exits with 127: no library")));
  }

  @Test
  void rowsAndMeansAreThere() {
    String text = table("").text();
    assertTrue(
        text.lines().anyMatch(l -> l.matches("copy +1,000,000 +100 +40\\.0 +5\\.00 +8\\.00 +0%")),
        text);
    assertTrue(
        text.endsWith(
            "Geometric mean of none/all: bulk work 4.00 (2 programs), whole programs 0.90 (1"
                + " programs)."
                + System.lineSeparator()),
        text);
    assertTrue(text.contains("Not measured: ls exits with 127: no library"), text);
    assertTrue(table("").alike());
  }

  @Test
  void differencesAreShown() {
    String text = table("other output").text();
    assertTrue(text.contains("SOME PROGRAMS DID NOT END ALIKE"), text);
    assertTrue(text.lines().anyMatch(l -> l.matches("sort .*DIFFERS: other output")), text);
    assertFalse(table("other output").alike());
  }

  @Test
  void jsonHoldsTheSame() {
    JsonObject json = JsonParser.parseString(table("").json()).getAsJsonObject();
    assertEquals(3, json.getAsJsonArray("programs").size());
    assertEquals(4, json.getAsJsonObject("geometricMeans").get("bulk work").getAsDouble(), 1e-12);
  }

  @Test
  void programsCanBeListed() {
    CommandLine line = new CommandLine(new BenchCommand());
    StringWriter said = new StringWriter();
    line.setOut(new PrintWriter(said));
    assertEquals(0, line.execute("accelerate", "--list", "--filter", "^checksum$"));
    assertTrue(said.toString().matches("checksum +\\S*checksum 4000 7\\R"), said::toString);
  }
}
