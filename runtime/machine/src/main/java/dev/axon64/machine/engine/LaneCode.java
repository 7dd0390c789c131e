package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.lane.LaneState;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.CodeListener;
import dev.axon64.machine.memory.MemoryFault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The decided code pages of a group of guests. Guests share a <i>program</i> as long as all its
 * decided pages hold the same words in each of them. A guest whose code differs or is written moves
 * to another program, and is then executed separately.
 */
final class LaneCode {
  private final PageDecisions decisions;
  private final LaneState state;
  private final AddressSpace[] spaces = new AddressSpace[LaneState.LANES];
  private final CodeListener[] listeners = new CodeListener[LaneState.LANES];
  private final int[] program = new int[LaneState.LANES];
  private final Map<Integer, Map<Long, CodePage>> pages = new TreeMap<>();
  private int programs = 1;

  /** A program without decided pages. */
  private int blank;

  private boolean changed;

  private final boolean watched;

  /**
   * @param watched whether pages count how often their branches lead back
   */
  LaneCode(Dispatcher dispatcher, LaneState state, boolean watched) {
    this.decisions = new PageDecisions(dispatcher);
    this.state = state;
    this.watched = watched;
  }

  long evaluations() {
    return decisions.evaluations();
  }

  int program(int lane) {
    return program[lane];
  }

  /** Watches the memory that a lane has now, and finds the program that its guest shares. */
  void attach(int lane) {
    if (spaces[lane] != null) {
      spaces[lane].removeCodeListener(listeners[lane]);
    }
    spaces[lane] = state.memory.of(lane);
    listeners[lane] =
        page -> {
          program[lane] = programs++;
          changed = true;
        };
    spaces[lane].addCodeListener(listeners[lane]);
    program[lane] = join(lane);
  }

  /** Finds a program whose pages have the same words in a lane's memory. */
  private int join(int lane) {
    for (Map.Entry<Integer, Map<Long, CodePage>> known : pages.entrySet()) {
      if (known.getValue().values().stream().allMatch(page -> same(lane, page))) {
        known.getValue().keySet().forEach(state.memory.of(lane)::markCode);
        return known.getKey();
      }
    }
    if (pages.containsKey(blank)) {
      blank = programs++;
    }
    return blank;
  }

  /** Whether some guest has changed its code since this was last asked. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /**
   * The page at an address.
   *
   * @param lane one that is about to execute it
   * @param running all lanes
   * @throws MemoryFault if that lane may not execute there
   */
  CodePage at(int lane, long pc, long running) {
    Map<Long, CodePage> known = pages.computeIfAbsent(program[lane], p -> new HashMap<>());
    long address = pc & -AddressSpace.PAGE;
    CodePage page = known.get(address);
    if (page == null) {
      pages.keySet().removeIf(id -> Arrays.stream(program).noneMatch(used -> used == id));
      state.memory.of(lane).fetch(pc & -4L); // a fault is one of this word
      page = decide(lane, address, running);
      known.put(address, page);
    }
    return page;
  }

  private CodePage decide(int lane, long address, long running) {
    int[] words = words(lane, address);
    CodePage page = new CodePage(address, words, decisions.steps(address, words), false, watched);
    separate(lane, page, running);
    return page;
  }

  /** Moves the guests of this program that have other words here to a new program. */
  private void separate(int lane, CodePage page, long running) {
    int mine = program[lane];
    int others = -1;
    for (long left = running; left != 0; left &= left - 1) {
      int other = Long.numberOfTrailingZeros(left);
      if (program[other] != mine) {
        continue;
      }
      if (same(other, page)) {
        state.memory.of(other).markCode(page.address);
      } else {
        others = others < 0 ? programs++ : others;
        program[other] = others;
        changed = true;
      }
    }
  }

  private boolean same(int lane, CodePage page) {
    try {
      return Arrays.equals(words(lane, page.address), page.words);
    } catch (MemoryFault unmapped) {
      return false;
    }
  }

  private int[] words(int lane, long address) {
    int[] words = new int[CodePage.WORDS];
    for (int i = 0; i < words.length; i++) {
      words[i] = state.memory.of(lane).fetch(address + i * 4L);
    }
    return words;
  }
}
