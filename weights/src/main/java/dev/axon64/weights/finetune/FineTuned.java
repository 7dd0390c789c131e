package dev.axon64.weights.finetune;

import dev.axon64.weights.card.Epoch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of fine-tuning one model.
 *
 * @param model its name
 * @param samples what one of its samples is, in the plural
 * @param predecessor where the network in service came from
 * @param weights a digest of the candidate's weights
 * @param split which programs were learnt from, and which held out
 * @param examples learnt from in each epoch
 * @param validation samples that decided when to stop
 * @param history epochs; the first, 0, is the predecessor
 * @param keptEpoch the epoch whose weights are the candidate
 * @param measures what was measured, the first of which decides
 * @param pairs the samples held out, under both networks
 * @param verdict what the gate says
 * @param placed where the accepted weights are; "" if they were refused
 */
public record FineTuned(
    String model,
    String samples,
    String predecessor,
    String weights,
    ProgramSplit split,
    int examples,
    int validation,
    List<Epoch> history,
    int keptEpoch,
    List<Measure> measures,
    List<Paired> pairs,
    Verdict verdict,
    String placed) {

  /**
   * One program's samples, summed up.
   *
   * @param before under the network in service
   * @param after under the candidate
   */
  public record Sums(MeasureSums before, MeasureSums after) {
    private Sums(int measures) {
      this(new MeasureSums(measures), new MeasureSums(measures));
    }

    private void add(Paired pair) {
      before.add(pair.before());
      after.add(pair.after());
    }
  }

  /** By program, in the order of the samples. */
  public Map<String, Sums> programs() {
    Map<String, Sums> sums = new LinkedHashMap<>();
    for (Paired pair : pairs) {
      sums.computeIfAbsent(pair.program(), name -> new Sums(measures.size())).add(pair);
    }
    return sums;
  }

  /** All samples together. */
  public Sums all() {
    Sums sums = new Sums(measures.size());
    pairs.forEach(sums::add);
    return sums;
  }
}
