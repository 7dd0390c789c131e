package dev.axon64.weights.finetune;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run of fine-tuning that was asked for.
 *
 * @param traces the folder with recordings
 * @param old a folder with recordings of older programs
 * @param models names of the networks
 * @param whereRecorded whether networks of which there is no recording are left as they are
 * @param from the network in service, if it was named
 * @param out where accepted networks go
 * @param page where the report goes
 * @param seed of the split and of training
 * @param epochs at most
 * @param gate what decides
 */
public record FineTunePlan(
    Path traces,
    Optional<Path> old,
    List<String> models,
    boolean whereRecorded,
    Optional<Path> from,
    Path out,
    Path page,
    long seed,
    int epochs,
    Gate gate) {
  public FineTunePlan {
    models = List.copyOf(models);
  }

  /** Where the report goes as JSON: beside the page. */
  public Path json() {
    String name = page.getFileName().toString().replaceFirst("\\.html?$", "");
    return page.resolveSibling(name + ".json");
  }
}
