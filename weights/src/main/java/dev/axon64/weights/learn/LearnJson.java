package dev.axon64.weights.learn;

import com.google.gson.GsonBuilder;
import dev.axon64.weights.card.Epoch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of learning, for programs to read. */
public final class LearnJson {
  private LearnJson() {}

  /** JSON text. */
  public static String of(LearnRun run) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("traces", run.traces());
    all.put("seed", run.seed());
    all.put("significance", run.gate().significance());
    all.put("tolerance", run.gate().tolerance());
    all.put("models", run.models().stream().map(LearnJson::model).toList());
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
  }

  private static Map<String, Object> model(Learnt learnt) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("model", learnt.model());
    model.put("accepted", learnt.verdict().accepted());
    model.put("reason", learnt.verdict().reason());
    model.put("predecessor", learnt.predecessor());
    model.put("candidateSha256", learnt.weights());
    model.put("placed", learnt.placed());
    model.put("trainingPrograms", learnt.split().training());
    model.put("heldOutPrograms", learnt.split().heldOut());
    model.put("examples", learnt.examples());
    model.put("validationSamples", learnt.validation());
    model.put("keptEpoch", learnt.keptEpoch());
    List<Object> epochs = new ArrayList<>();
    for (Epoch epoch : learnt.history()) {
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
    model.put("heldOut", comparison(learnt.verdict().heldOut()));
    model.put("kept", learnt.verdict().kept().stream().map(LearnJson::comparison).toList());
    List<Object> programs = new ArrayList<>();
    learnt.programs().forEach((name, sums) -> programs.add(program(learnt, name, sums)));
    programs.add(program(learnt, "all", learnt.all()));
    model.put("programs", programs);
    return model;
  }

  private static Map<String, Object> program(Learnt learnt, String name, Learnt.Sums sums) {
    Map<String, Object> program = new LinkedHashMap<>();
    program.put("program", name);
    program.put("samples", sums.before().samples());
    for (int i = 0; i < learnt.measures().size(); i++) {
      Map<String, Object> measure = new LinkedHashMap<>();
      measure.put("before", number(sums.before().mean(i)));
      measure.put("after", number(sums.after().mean(i)));
      program.put(learnt.measures().get(i).name(), measure);
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
