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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The guest's instructions, and where they lead in a region. Each is found out about once.
 *
 * <p>A call from inside the region of the function that the region begins with is a jump, as is
 * each return from there: a guest's recursion is a loop of the region, and needs no stack of the
 * JVM's.
 */
final class KnownCode {
  private final GuestCode code;
  private final Meaning meaning;
  private final int mostInlined;
  private final long entry;

  /** Where calls of the function that the region begins with return to inside of it. */
  private final Set<Long> recursions = new LinkedHashSet<>();

  private final Map<Long, Optional<Instruction>> instructions = new HashMap<>();
  private final Map<Long, Boolean> leaves = new HashMap<>();

  /**
   * @param entry where the region is entered
   * @param most bytes of bytecode of the region, about
   * @param mostInlined the same of a function that is inlined, at the most
   */
  KnownCode(GuestCode code, Meaning meaning, long entry, int most, int mostInlined) {
    this.code = code;
    this.meaning = meaning;
    this.entry = entry;
    this.mostInlined = mostInlined;
    findRecursions(most);
  }

  /** Looks for calls of the entry in what follows it. */
  private void findRecursions(int most) {
    Deque<Long> open = new ArrayDeque<>(List.of(entry));
    Set<Long> seen = new HashSet<>();
    int room = most;
    while (!open.isEmpty() && room > 0) {
      long pc = open.poll();
      Optional<Instruction> found = seen.add(pc) ? at(pc) : Optional.empty();
      if (found.isPresent() && found.get().way() != Way.UNABLE) {
        Instruction instruction = found.get();
        room -= instruction.bytes();
        if (instruction.calls() && calls(instruction, entry)) {
          recursions.add(instruction.back());
        }
        open.addAll(inside(instruction));
      }
    }
  }

  /** Where an instruction leads in its own function, whose calls come back. */
  private Set<Long> inside(Instruction instruction) {
    if (instruction.calls() || !instruction.branches()) {
      return Set.of(instruction.back());
    }
    Map<Long, Spot> leads = new LinkedHashMap<>();
    branch(instruction, Spot.of(instruction.pc()), leads);
    return leads.keySet();
  }

  /** Whether an instruction calls the function that the region begins with. */
  boolean recurs(Instruction call) {
    return recursions.contains(call.back()) && call.branches() && calls(call, entry);
  }

  /** Whether an instruction returns to one of several calls in the region. */
  boolean returns(Instruction last, Spot at) {
    return !recursions.isEmpty()
        && at.back().isEmpty()
        && last.branches()
        && !last.calls()
        && targets(last).stream().noneMatch(Node.Const.class::isInstance)
        && registers(last).equals(Set.of(RegionRun.LINK));
  }

  /** The numbers of the general registers that an instruction reads. */
  private static Set<Integer> registers(Instruction instruction) {
    Set<Integer> numbers = new HashSet<>();
    Nodes.any(
        instruction.effects(),
        effect -> {
          Nodes.inputs(effect).forEach(input -> registers(input, numbers));
          return false;
        });
    return numbers;
  }

  private static void registers(Node node, Set<Integer> numbers) {
    if (node instanceof Node.GetX x) {
      numbers.add((int) Meaning.number(x.index()));
    }
    Nodes.operands(node).forEach(operand -> registers(operand, numbers));
  }

  /** Where calls of the function that the region begins with return to inside of it. */
  Set<Long> recursions() {
    return recursions;
  }

  private static boolean calls(Instruction call, long function) {
    return targets(call).getFirst() instanceof Node.Const c && c.value() == function;
  }

  /** The instruction at an address; empty if there is none that may be executed. */
  Optional<Instruction> at(long pc) {
    return instructions.computeIfAbsent(pc, a -> code.at(a).map(decoded -> meaning.of(decoded, a)));
  }

  /**
   * Where the guest may go from a block's last instruction, by address: where its branch says, if
   * that is not cold, where it was seen to go, and where the inlined function returns to. A return
   * from the region's own function leads to behind each {@linkplain #recurs call} of it.
   */
  Map<Long, Spot> leads(Instruction last, Spot at) {
    Map<Long, Spot> leads = new LinkedHashMap<>();
    if (!last.branches()) {
      lead(leads, at.to(last.back()));
    } else if (recurs(last)) {
      lead(leads, Spot.of(entry));
    } else if (returns(last, at)) {
      recursions.forEach(back -> lead(leads, Spot.of(back)));
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
        open.addAll(inside(instruction.get()));
      }
    }
    return true;
  }
}
