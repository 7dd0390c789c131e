package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
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

/** Chooses the blocks of a region: those that its entry reaches by direct branches. */
final class RegionPlanner {
  private final GuestCode code;
  private final Meaning meaning;
  private final int most;
  private final Map<Long, Instruction> instructions = new HashMap<>();

  /**
   * @param most bytes of bytecode, about
   */
  RegionPlanner(GuestCode code, Meaning meaning, int most) {
    this.code = code;
    this.meaning = meaning;
    this.most = most;
  }

  /**
   * The blocks, the entry's first, each before those that it leads to where there is no loop.
   *
   * @return no blocks if there is nothing to execute
   */
  List<List<Instruction>> blocks(long entry) {
    Set<Long> leaders = leaders(entry);
    Map<Long, List<Instruction>> blocks = new LinkedHashMap<>();
    int room = most;
    for (long leader : leaders) {
      List<Instruction> block = block(leader, leaders, room);
      if (!block.isEmpty()) {
        blocks.put(leader, block);
        room -= block.stream().mapToInt(Instruction::bytes).sum();
      }
    }
    List<List<Instruction>> order = new ArrayList<>();
    visit(entry, blocks, new HashSet<>(), order);
    Collections.reverse(order);
    return order;
  }

  private Optional<Instruction> at(long pc) {
    Instruction known = instructions.get(pc);
    if (known == null) {
      Optional<GuestCode.Decoded> decoded = code.at(pc);
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      known = meaning.of(decoded.get(), pc);
      instructions.put(pc, known);
    }
    return Optional.of(known);
  }

  /** Where blocks begin, nearest to the entry first. */
  private Set<Long> leaders(long entry) {
    Set<Long> leaders = new LinkedHashSet<>(List.of(entry));
    Deque<Long> open = new ArrayDeque<>(List.of(entry));
    Set<Long> seen = new HashSet<>();
    int room = most;
    while (!open.isEmpty() && room > 0) {
      long pc = open.poll();
      while (room > 0 && seen.add(pc)) {
        Optional<Instruction> instruction = at(pc);
        if (instruction.isEmpty() || instruction.get().way() == Way.UNABLE) {
          break;
        }
        room -= instruction.get().bytes();
        if (instruction.get().branches()) {
          for (long target : targets(instruction.get())) {
            if (leaders.add(target)) {
              open.add(target);
            }
          }
          break;
        }
        pc += Integer.BYTES;
      }
    }
    return leaders;
  }

  private List<Instruction> block(long leader, Set<Long> leaders, int room) {
    List<Instruction> block = new ArrayList<>();
    long pc = leader;
    int left = room;
    do {
      Optional<Instruction> instruction = at(pc);
      if (instruction.isEmpty() || instruction.get().bytes() > left) {
        break;
      }
      block.add(instruction.get());
      left -= instruction.get().bytes();
      if (instruction.get().branches() || instruction.get().way() == Way.UNABLE) {
        break;
      }
      pc += Integer.BYTES;
    } while (!leaders.contains(pc));
    return block;
  }

  private void visit(
      long pc,
      Map<Long, List<Instruction>> blocks,
      Set<Long> seen,
      List<List<Instruction>> postorder) {
    List<Instruction> block = blocks.get(pc);
    if (block == null || !seen.add(pc)) {
      return;
    }
    Instruction last = block.getLast();
    List<Long> targets = last.branches() ? targets(last) : List.of(last.pc() + Integer.BYTES);
    targets.reversed().forEach(target -> visit(target, blocks, seen, postorder));
    postorder.add(block);
  }

  /** Where a branch leads within the region; a call comes back. */
  private static List<Long> targets(Instruction branch) {
    if (branch.calls()) {
      return List.of(branch.back());
    }
    List<Long> targets = new ArrayList<>();
    Nodes.any(branch.effects(), effect -> collect(effect, targets));
    if (branch.effects().getLast() instanceof Effect.If choice
        && (choice.yes().isEmpty() || choice.no().isEmpty())) {
      targets.addFirst(branch.back());
    }
    return targets;
  }

  private static boolean collect(Effect effect, List<Long> targets) {
    if (effect instanceof Effect.Branch b && b.target() instanceof Node.Const c) {
      targets.add(c.value());
    }
    return false;
  }
}
