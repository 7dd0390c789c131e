package dev.axon64.weights.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.propose.companion.Features;
import dev.axon64.propose.companion.LoopDetector;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.finetune.TraceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSamplesTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("axon64.root")).resolve("weights/models/loop-detector.sample.npy");

  @TempDir private Path traces;
  @TempDir private Path old;

  @BeforeEach
  void copy() throws IOException {
    for (String program : List.of("one", "two")) {
      Files.copy(SAMPLES, traces.resolve(program + ".loops.npy"));
    }
    for (String program : List.of("one", "three", "four", "five")) {
      Files.copy(SAMPLES, old.resolve(program + ".loops.npy"));
    }
  }

  private TraceSamples<LoopSample> samples(boolean older) {
    return new TraceSamples<>(
        new LoopTask(),
        TraceFolder.read(traces),
        older ? Optional.of(TraceFolder.read(old)) : Optional.empty(),
        1);
  }

  /** The bits of the window's instructions. */
  private static List<Float> code(Example example) {
    List<Float> bits = new ArrayList<>();
    for (int i = 0; i < LoopDetector.WINDOW * Features.WORD; i++) {
      bits.add(example.input()[i]);
    }
    return bits;
  }

  /** No loop that is learnt from helps to decide when to stop. */
  @Test
  void validationHasCodeOfItsOwn() {
    TraceSamples<LoopSample> samples = samples(false);
    Set<List<Float>> validated =
        samples.validation().stream().map(TraceSamplesTest::code).collect(Collectors.toSet());
    Set<List<Float>> learnt = new HashSet<>();
    samples.training(1).forEach(example -> learnt.add(code(example)));
    assertFalse(validated.isEmpty());
    assertTrue(learnt.size() > validated.size());
    validated.retainAll(learnt);
    assertEquals(Set.of(), validated);
  }

  /** An old recording of a program that is recorded anew might be one of those held out. */
  @Test
  void olderProgramsAreLearntFromAndGuard() {
    TraceSamples<LoopSample> without = samples(false);
    TraceSamples<LoopSample> with = samples(true);
    assertEquals(without.split(), with.split());
    assertEquals(List.of(), without.oldHeldOut());
    Set<String> guards =
        with.oldHeldOut().stream().map(TraceSamples.Of::program).collect(Collectors.toSet());
    assertEquals(1, guards.size());
    Set<String> learnt =
        with.training(1).stream().map(Example::program).collect(Collectors.toSet());
    assertEquals(3, learnt.size(), learnt.toString());
    assertFalse(learnt.containsAll(guards));
    Set<String> all = new HashSet<>(learnt);
    all.addAll(guards);
    all.removeAll(with.split().training());
    assertEquals(Set.of("three", "four", "five"), all);
    assertTrue(with.training(1).size() > without.training(1).size());
  }
}
