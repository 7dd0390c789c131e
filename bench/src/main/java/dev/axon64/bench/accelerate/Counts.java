package dev.axon64.bench.accelerate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.codegen.support.InputException;
import java.util.List;

/**
 * What a run counted.
 *
 * @param instructions of the guest, applied ones included
 * @param executed those that were executed one by one
 */
public record Counts(long instructions, long executed) {
  /** Reads the JSON that a counted run printed behind the guest's own errors. */
  static Counts of(Program program, Outcome outcome) {
    List<String> lines = outcome.messages().lines().toList();
    int start = lines.lastIndexOf("{");
    if (start < 0) {
      String last = lines.isEmpty() ? "it said nothing" : lines.getLast();
      throw new InputException(program.name(), "could not be run: " + last);
    }
    JsonObject stats =
        JsonParser.parseString(String.join("\n", lines.subList(start, lines.size())))
            .getAsJsonObject();
    long instructions = stats.get("instructions").getAsLong();
    long applied = 0;
    if (stats.has("acceleration")) {
      for (JsonElement network : stats.getAsJsonObject("acceleration").asMap().values()) {
        JsonElement some = network.getAsJsonObject().get("instructions");
        applied += some == null ? 0 : some.getAsLong();
      }
    }
    return new Counts(instructions, instructions - applied);
  }
}
