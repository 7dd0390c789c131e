package dev.axon64.weights.finetune;

import com.google.gson.GsonBuilder;
import dev.axon64.weights.card.Epoch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of fine-tuning, for programs to read. */
public final class FineTuningJson {
  private FineTuningJson() {}

  /** The results of a run as JSON. */
  public static String of(FineTuningRun run) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("traces", run.traces());
    all.put("seed", run.seed());
    all.put("significance", run.gate().significance());
    all.put("tolerance", run.gate().tolerance());
    all.put("models", run.models().stream().map(FineTuningJson::model).toList());
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
  }

  private static Map<String, Object> model(FineTuned tuned) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("model", tuned.model());
    model.put("accepted", tuned.verdict().accepted());
    model.put("reason", tuned.verdict().reason());
    model.put("predecessor", tuned.predecessor());
    model.put("candidateSha256", tuned.weights());
    model.put("placed", tuned.placed());
    model.put("trainingPrograms", tuned.split().training());
    model.put("heldOutPrograms", tuned.split().heldOut());
    model.put("examples", tuned.examples());
    model.put("validationSamples", tuned.validation());
    model.put("keptEpoch", tuned.keptEpoch());
    List<Object> epochs = new ArrayList<>();
    for (Epoch epoch : tuned.history()) {
      epochs.add(
          Map.of(
              "epoch",
              epoch.number(),
              "training",
              number(epoch.training()),
              "validation",
              number(epoch.validation())));
    }
    model.put("epochs", epochs);
    model.put("heldOut", comparison(tuned.verdict().heldOut()));
    model.put("kept", tuned.verdict().kept().stream().map(FineTuningJson::comparison).toList());
    List<Object> programs = new ArrayList<>();
    tuned.programs().forEach((name, sums) -> programs.add(program(tuned, name, sums)));
    programs.add(program(tuned, "all", tuned.all()));
    model.put("programs", programs);
    return model;
  }

  private static Map<String, Object> program(FineTuned tuned, String name, FineTuned.Sums sums) {
    Map<String, Object> program = new LinkedHashMap<>();
    program.put("program", name);
    program.put("samples", sums.before().samples());
    for (int i = 0; i < tuned.measures().size(); i++) {
      Map<String, Object> measure = new LinkedHashMap<>();
      measure.put("before", number(sums.before().mean(i)));
      measure.put("after", number(sums.after().mean(i)));
      program.put(tuned.measures().get(i).name(), measure);
    }
    return program;
  }

  private static Map<String, Object> comparison(Comparison c) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("samples", c.name());
    all.put("count", c.samples());
    all.put("groups", c.groups());
    all.put("better", c.better());
    all.put("worse", c.worse());
    all.put("before", number(c.before()));
    all.put("after", number(c.after()));
    all.put("gainLow", number(c.low()));
    all.put("gainHigh", number(c.high()));
    all.put("chance", c.chance());
    return all;
  }

  /** Five digits; what applies to nothing has no number. */
  private static Object number(double value) {
    return Double.isNaN(value) ? "-" : (Object) (Math.round(value * 1e5) / 1e5);
  }
}
