package dev.axon64.machine.translate;

import dev.axon64.machine.translate.Meaning.Instruction;
import dev.axon64.machine.translate.Meaning.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses the blocks of a region: those that its entry reaches, as far as there is room. */
final class RegionPlanner {
  /** So much of the room may be taken by a function that is inlined. */
  private static final int INLINED_SHARE = 4;

  private final KnownCode code;
  private final long entry;
  private final int most;

  /**
   * @param entry where the region is entered
   * @param most bytes of bytecode, about
   */
  RegionPlanner(GuestCode code, Meaning meaning, long entry, int most) {
    this.code = new KnownCode(code, meaning, entry, most, most / INLINED_SHARE);
    this.entry = entry;
    this.most = most;
  }

  /**
   * The blocks, the entry's first, each before those that it leads to where there is no loop.
   *
   * @return no blocks if there is nothing to execute
   */
  List<PlannedBlock> blocks() {
    Spot first = Spot.of(entry);
    Set<Spot> leaders = leaders(first);
    Map<Spot, List<Instruction>> blocks = new LinkedHashMap<>();
    int room = most;
    for (Spot leader : leaders) {
      List<Instruction> block = block(leader, leaders);
      int bytes = block.stream().mapToInt(Instruction::bytes).sum();
      if (bytes > room && leader.equals(first)) {
        while (bytes > room && block.size() > 1) {
          bytes -= block.removeLast().bytes();
        }
      }
      if (bytes <= room && !block.isEmpty()) {
        blocks.put(leader, block);
        room -= bytes;
      }
    }
    return numbered(ordered(first, blocks), blocks);
  }

  /** Blocks that calls of the region's own function return to stand behind those of the call. */
  private List<Spot> ordered(Spot first, Map<Spot, List<Instruction>> blocks) {
    List<Spot> order = new ArrayList<>();
    Set<Spot> seen = new HashSet<>(List.of(first));
    for (long back : code.recursions()) {
      visit(Spot.of(back), blocks, seen, order);
    }
    seen.remove(first);
    visit(first, blocks, seen, order);
    Collections.reverse(order);
    return order;
  }

  private List<PlannedBlock> numbered(List<Spot> order, Map<Spot, List<Instruction>> blocks) {
    Map<Spot, Integer> numbers = new HashMap<>();
    order.forEach(spot -> numbers.put(spot, numbers.size()));
    List<PlannedBlock> planned = new ArrayList<>();
    for (Spot spot : order) {
      List<Instruction> block = blocks.get(spot);
      Map<Long, Integer> leads = new LinkedHashMap<>();
      Instruction last = block.getLast();
      if (!code.recurs(last) || numbers.containsKey(Spot.of(last.back()))) {
        code.leads(last, spot)
            .forEach(
                (address, to) -> {
                  if (numbers.containsKey(to)) {
                    leads.put(address, numbers.get(to));
                  }
                });
      }
      boolean returns = code.returns(last, spot) && !leads.isEmpty();
      planned.add(new PlannedBlock(planned.size(), block, leads, returns));
    }
    return planned;
  }

  /** Where blocks begin, nearest to the entry first. */
  private Set<Spot> leaders(Spot entry) {
    Set<Spot> leaders = new LinkedHashSet<>(List.of(entry));
    Deque<Spot> open = new ArrayDeque<>(List.of(entry));
    Set<Spot> seen = new HashSet<>();
    int room = most;
    while (!open.isEmpty() && room > 0) {
      Spot spot = open.poll();
      while (room > 0 && seen.add(spot)) {
        Optional<Instruction> instruction = code.at(spot.pc());
        if (instruction.isEmpty() || instruction.get().way() == Way.UNABLE) {
          break;
        }
        room -= instruction.get().bytes();
        if (instruction.get().branches()) {
          List<Spot> targets = new ArrayList<>(code.leads(instruction.get(), spot).values());
          if (code.recurs(instruction.get())) {
            targets.add(spot.to(instruction.get().back()));
          }
          targets.stream().filter(leaders::add).forEach(open::add);
          break;
        }
        spot = spot.to(instruction.get().back());
      }
    }
    return leaders;
  }

  private List<Instruction> block(Spot leader, Set<Spot> leaders) {
    List<Instruction> block = new ArrayList<>();
    Spot spot = leader;
    do {
      Optional<Instruction> instruction = code.at(spot.pc());
      if (instruction.isEmpty()) {
        break;
      }
      block.add(instruction.get());
      if (instruction.get().branches() || instruction.get().way() == Way.UNABLE) {
        break;
      }
      spot = spot.to(instruction.get().back());
    } while (!leaders.contains(spot));
    return block;
  }

  private void visit(
      Spot spot, Map<Spot, List<Instruction>> blocks, Set<Spot> seen, List<Spot> postorder) {
    List<Instruction> block = blocks.get(spot);
    if (block == null || !seen.add(spot)) {
      return;
    }
    if (code.returns(block.getLast(), spot)) {
      postorder.add(spot);
      return;
    }
    List<Spot> targets = List.copyOf(code.leads(block.getLast(), spot).values());
    targets.reversed().forEach(target -> visit(target, blocks, seen, postorder));
    postorder.add(spot);
  }
}
