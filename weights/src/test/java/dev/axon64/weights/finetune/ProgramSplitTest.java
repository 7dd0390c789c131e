package dev.axon64.weights.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgramSplitTest {
  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "program" + i).toList();
  }

  @Test
  void everyProgramIsOnOneSide() {
    for (int count = 2; count < 40; count++) {
      ProgramSplit split = ProgramSplit.of("dir", names(count), 5);
      Set<String> all = new HashSet<>(split.training());
      all.addAll(split.heldOut());
      assertEquals(new HashSet<>(names(count)), all);
      assertEquals(count, split.training().size() + split.heldOut().size());
      assertEquals(Math.max(1, (count + 1) / 3), split.heldOut().size());
      assertTrue(split.training().size() >= split.heldOut().size());
    }
  }

  /** Written down, so that another machine or another JDK splits the same way. */
  @Test
  void theSeedDecidesAndNotTheOrder() {
    List<String> names = new ArrayList<>(List.of("awk", "cut", "grep", "sed", "sort", "wc"));
    ProgramSplit split = ProgramSplit.of("dir", names, 1);
    assertEquals(List.of("awk", "wc"), split.heldOut());
    names = names.reversed();
    assertEquals(split, ProgramSplit.of("dir", names, 1));
    Set<List<String>> sides = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      sides.add(ProgramSplit.of("dir", names, seed).heldOut());
    }
    assertTrue(sides.size() > 5, sides.toString());
  }

  /** One more program takes at most one other's place. */
  @Test
  void oneMoreProgramMovesFewOthers() {
    ProgramSplit nine = ProgramSplit.of("dir", names(9), 3);
    ProgramSplit ten = ProgramSplit.of("dir", names(10), 3);
    Set<String> moved = new HashSet<>(nine.heldOut());
    moved.removeAll(ten.heldOut());
    assertTrue(moved.size() <= 1, nine + " " + ten);
  }

  @Test
  void oneProgramIsTooFew() {
    InputException none =
        assertThrows(InputException.class, () -> ProgramSplit.of("dir", List.of(), 1));
    InputException one =
        assertThrows(InputException.class, () -> ProgramSplit.of("dir", List.of("sort"), 1));
    assertNotEquals(none.getMessage(), one.getMessage());
    assertTrue(one.getMessage().startsWith("dir: one program (sort) is too few"), one.getMessage());
  }
}
