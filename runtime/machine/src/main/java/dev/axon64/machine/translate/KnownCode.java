package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.machine.translate.Meaning.Instruction;
import dev.axon64.machine.translate.Meaning.Way;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The guest's instructions, and where they lead. Each is found out about once. */
final class KnownCode {
  private final GuestCode code;
  private final Meaning meaning;
  private final int mostInlined;
  private final Map<Long, Optional<Instruction>> instructions = new HashMap<>();
  private final Map<Long, Boolean> leaves = new HashMap<>();

  /**
   * @param mostInlined bytes of bytecode of a function that is inlined, at the most
   */
  KnownCode(GuestCode code, Meaning meaning, int mostInlined) {
    this.code = code;
    this.meaning = meaning;
    this.mostInlined = mostInlined;
  }

  /** The instruction at an address; empty if there is none that may be executed. */
  Optional<Instruction> at(long pc) {
    return instructions.computeIfAbsent(pc, a -> code.at(a).map(decoded -> meaning.of(decoded, a)));
  }

  /**
   * Where the guest may go from a block's last instruction, by address: where its branch says, if
   * that is not cold, where it was seen to go, and where the inlined function returns to.
   */
  Map<Long, Spot> leads(Instruction last, Spot at) {
    Map<Long, Spot> leads = new LinkedHashMap<>();
    if (!last.branches()) {
      lead(leads, at.to(last.back()));
    } else if (last.calls()) {
      OptionalLong inlined = at.back().isPresent() ? OptionalLong.empty() : inlined(last);
      lead(
          leads,
          inlined.isPresent()
              ? new Spot(inlined.getAsLong(), OptionalLong.of(last.back()))
              : at.to(last.back()));
    } else {
      branch(last, at, leads);
    }
    return leads;
  }

  private static void lead(Map<Long, Spot> leads, Spot to) {
    leads.putIfAbsent(to.pc(), to);
  }

  private void branch(Instruction branch, Spot at, Map<Long, Spot> leads) {
    boolean chooses =
        branch.effects().getLast() instanceof Effect.If choice
            && (choice.yes().isEmpty() || choice.no().isEmpty());
    if (chooses) {
      lead(leads, at.to(branch.back()));
    }
    List<Node> targets = targets(branch);
    for (Node target : targets) {
      if (target instanceof Node.Const c) {
        if (!chooses || !code.isCold(c.value())) {
          lead(leads, at.to(c.value()));
        }
      } else {
        at.back().ifPresent(back -> lead(leads, Spot.of(back)));
        code.seen(branch.pc()).forEach(seen -> lead(leads, at.to(seen)));
      }
    }
  }

  private static List<Node> targets(Instruction branch) {
    List<Node> targets = new ArrayList<>();
    Nodes.any(
        branch.effects(),
        effect -> {
          if (effect instanceof Effect.Branch b) {
            targets.add(b.target());
          }
          return false;
        });
    return targets;
  }

  /** The function that a call calls if it is to be inlined. */
  private OptionalLong inlined(Instruction call) {
    return targets(call).getFirst() instanceof Node.Const c
            && c.value() != call.back()
            && leaves.computeIfAbsent(c.value(), this::isLeaf)
        ? OptionalLong.of(c.value())
        : OptionalLong.empty();
  }

  /** Whether a function is short, calls no others, and ends at computed addresses alone. */
  private boolean isLeaf(long function) {
    Deque<Long> open = new ArrayDeque<>(List.of(function));
    Set<Long> seen = new HashSet<>();
    int room = mostInlined;
    while (!open.isEmpty()) {
      long pc = open.poll();
      if (seen.add(pc)) {
        Optional<Instruction> instruction = at(pc);
        if (instruction.isEmpty() || instruction.get().way() == Way.UNABLE) {
          return false;
        }
        room -= instruction.get().bytes();
        if (room < 0 || instruction.get().calls()) {
          return false;
        }
        open.addAll(leads(instruction.get(), Spot.of(pc)).keySet());
      }
    }
    return true;
  }
}
