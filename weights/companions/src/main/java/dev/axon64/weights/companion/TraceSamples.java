package dev.axon64.weights.companion;

import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.finetune.ProgramSplit;
import dev.axon64.weights.finetune.TraceFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Samples of recorded programs, cut in three: learnt from, deciding when to stop, held out. What is
 * held out is whole programs; what decides when to stop is a fifth of the code of the others.
 *
 * @param <S> a recorded sample
 */
final class TraceSamples<S> {
  /** Samples of a recording that are looked at. */
  private static final int MOST = 4000;

  /** Samples of an old recording that are looked at, at least and at most. */
  private static final int FEWEST_OLD = 20;

  private static final int MOST_OLD = 500;
  private static final int VALIDATED = 5;

  /**
   * A sample.
   *
   * @param program whose it is
   */
  record Of<S>(String program, S sample) {}

  private final CompanionTask<S> task;
  private final long seed;
  private final ProgramSplit split;
  private final List<Of<S>> training = new ArrayList<>();
  private final List<Of<S>> validation = new ArrayList<>();
  private final List<Of<S>> heldOut;
  private final List<Of<S>> oldTraining = new ArrayList<>();
  private final List<Of<S>> oldHeldOut = new ArrayList<>();

  /**
   * Reads recordings.
   *
   * @param old recordings of older programs; of those that are recorded anew the old ones are left
   * @throws InputException if there are fewer than two programs, or nothing in them
   */
  TraceSamples(CompanionTask<S> task, TraceFolder traces, Optional<TraceFolder> old, long seed) {
    this.task = task;
    this.seed = seed;
    SortedMap<String, List<Path>> programs = traces.programs(task.recorded());
    String where = traces.folder() + "/*" + task.recorded().suffix();
    split = ProgramSplit.of(where, programs.keySet(), seed);
    heldOut = read(programs, split.heldOut(), MOST);
    List<Of<S>> learnt = read(programs, split.training(), MOST);
    require(where, "held out", split.heldOut(), heldOut);
    require(where, "learnt from", split.training(), learnt);
    divide(learnt);
    old.ifPresent(folder -> old(folder, programs.keySet(), learnt.size()));
  }

  private void require(String where, String what, List<String> programs, List<Of<S>> samples) {
    if (samples.isEmpty()) {
      throw new InputException(
          where,
          "nothing was recorded in what would be %s (%s); record longer runs, or try another seed"
              .formatted(what, String.join(", ", programs)));
    }
  }

  private List<Of<S>> read(Map<String, List<Path>> files, List<String> programs, int most) {
    List<Of<S>> all = new ArrayList<>();
    for (String program : programs) {
      for (Path file : files.get(program)) {
        CompanionTask.few(task.read(file), most).forEach(s -> all.add(new Of<>(program, s)));
      }
    }
    return all;
  }

  /** By code, so that no loop is on both sides. */
  private void divide(List<Of<S>> learnt) {
    Map<Long, Long> draws = new LinkedHashMap<>();
    for (Of<S> each : learnt) {
      long group = task.group(each.sample);
      draws.put(group, new SplitMix(seed ^ group).next());
    }
    Set<Long> chosen = new HashSet<>();
    draws.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(draws.size() / VALIDATED)
        .forEach(entry -> chosen.add(entry.getKey()));
    for (Of<S> each : learnt) {
      (chosen.contains(task.group(each.sample)) ? validation : training).add(each);
    }
    if (validation.isEmpty()) {
      validation.addAll(training);
    }
  }

  private void old(TraceFolder folder, Set<String> known, int count) {
    SortedMap<String, List<Path>> programs = new TreeMap<>(folder.programs(task.recorded()));
    programs.keySet().removeAll(known);
    if (programs.isEmpty()) {
      return;
    }
    ProgramSplit parts =
        ProgramSplit.of(folder.folder() + " (older recordings)", programs.keySet(), seed);
    int files = programs.values().stream().mapToInt(List::size).sum();
    int each = Math.max(FEWEST_OLD, count / files);
    oldTraining.addAll(read(programs, parts.training(), each));
    oldHeldOut.addAll(read(programs, parts.heldOut(), MOST_OLD));
  }

  /** Which programs are on which side. */
  ProgramSplit split() {
    return split;
  }

  /** What decides when to stop, as it is. */
  List<Example> validation() {
    return examples(validation, Optional.empty());
  }

  /** What an epoch learns from, varied anew; old programs among it. */
  List<Example> training(int epoch) {
    Optional<SplitMix> random = Optional.of(SplitMix.of(seed, "variations " + epoch));
    List<Example> all = new ArrayList<>(examples(training, random));
    all.addAll(examples(oldTraining, random));
    if (all.isEmpty()) {
      all.addAll(examples(training, Optional.empty()));
    }
    return all;
  }

  private List<Example> examples(List<Of<S>> samples, Optional<SplitMix> random) {
    return samples.stream()
        .flatMap(each -> task.examples(each.program, each.sample, random))
        .toList();
  }

  /** Samples that nothing is learnt from. */
  List<Of<S>> heldOut() {
    return heldOut;
  }

  /** Samples of older programs that nothing is learnt from. */
  List<Of<S>> oldHeldOut() {
    return oldHeldOut;
  }
}
