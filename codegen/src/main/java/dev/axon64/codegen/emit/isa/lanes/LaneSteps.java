package dev.axon64.codegen.emit.isa.lanes;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An instruction's body, cut at its memory accesses. What lies between two of them is one loop over
 * vectors of lanes; an access is made for all lanes at once.
 */
final class LaneSteps {
  /** A step, for all lanes. */
  sealed interface Step {}

  /**
   * A loop whose values are computed vector by vector.
   *
   * @param results values for the access that follows, by their scratch row
   */
  record Loop(List<Effect> effects, Map<Integer, Node> results) implements Step {}

  /** A value that is the same for all lanes. */
  record Same(Effect.Define effect) implements Step {}

  /** A load from the addresses in row {@link #ADDRESS}. */
  record Load(Effect.Load effect) implements Step {}

  /** A store of the values in row {@link #VALUE} to the addresses in row {@link #ADDRESS}. */
  record Store(Effect.Store effect) implements Step {}

  /** A choice that is the same for all lanes. */
  record Choice(Node condition, List<Step> yes, List<Step> no) implements Step {}

  /** The scratch rows of an access's address, and of the value to store. */
  static final int ADDRESS = 0;

  static final int VALUE = 1;
  private static final int FIRST_FREE = 2;
  private static final int ROWS = 32;

  private final Uniform uniform;
  private final List<Step> steps;
  private final Map<Integer, Integer> rows = new HashMap<>();
  private final Map<Integer, Loop> homes = new HashMap<>();
  private final Set<Integer> declared = new HashSet<>();
  private boolean possible = true;

  LaneSteps(List<Effect> effects, Uniform uniform) {
    this.uniform = uniform;
    this.steps = cut(effects);
    cross(steps);
  }

  List<Step> steps() {
    return steps;
  }

  /** Whether what one loop leaves for another can be kept in scratch rows. */
  boolean possible() {
    return possible && FIRST_FREE + rows.size() <= ROWS;
  }

  /** The scratch row of a local that several steps use, or -1. */
  int row(Node.Local local) {
    return rows.getOrDefault(local.id(), -1);
  }

  /** Whether a block has memory accesses. */
  static boolean accesses(List<Effect> block) {
    return block.stream()
        .anyMatch(
            effect ->
                effect instanceof Effect.Load
                    || effect instanceof Effect.Store
                    || effect instanceof Effect.If e && (accesses(e.yes()) || accesses(e.no())));
  }

  private List<Step> cut(List<Effect> block) {
    List<Step> result = new ArrayList<>();
    List<Effect> between = new ArrayList<>();
    for (Effect effect : block) {
      if (effect instanceof Effect.Define e && uniform.test(e.value())) {
        result.add(new Same(e));
      } else if (effect instanceof Effect.Load e) {
        end(result, between, Map.of(ADDRESS, e.address()));
        result.add(new Load(e));
      } else if (effect instanceof Effect.Store e) {
        end(result, between, new TreeMap<>(Map.of(ADDRESS, e.address(), VALUE, e.value())));
        result.add(new Store(e));
      } else if (effect instanceof Effect.If e && (accesses(e.yes()) || accesses(e.no()))) {
        end(result, between, Map.of());
        possible &= uniform.test(e.condition());
        result.add(new Choice(e.condition(), cut(e.yes()), cut(e.no())));
      } else {
        between.add(effect);
      }
    }
    end(result, between, Map.of());
    return result;
  }

  private static void end(List<Step> result, List<Effect> between, Map<Integer, Node> results) {
    if (!between.isEmpty() || !results.isEmpty()) {
      result.add(new Loop(List.copyOf(between), results));
      between.clear();
    }
  }

  /** Gives rows to the locals that one step fills and another reads. */
  private void cross(List<Step> list) {
    for (Step step : list) {
      if (step instanceof Loop loop) {
        loop.effects().forEach(effect -> define(effect, loop));
        used(loop).forEach(local -> use(local, loop));
      } else if (step instanceof Load load) {
        rows.put(load.effect().local().id(), FIRST_FREE + rows.size());
      } else if (step instanceof Choice choice) {
        cross(choice.yes());
        cross(choice.no());
      }
    }
  }

  private void define(Effect effect, Loop loop) {
    if (effect instanceof Effect.Define e) {
      homes.put(e.local().id(), loop);
    } else if (effect instanceof Effect.Declare e) {
      homes.put(e.local().id(), loop);
      declared.add(e.local().id());
    } else if (effect instanceof Effect.If e) {
      e.yes().forEach(inner -> define(inner, loop));
      e.no().forEach(inner -> define(inner, loop));
    }
  }

  private void use(Node.Local local, Loop where) {
    Loop home = homes.get(local.id());
    if (home != null && home != where) {
      possible &= local.width() > 1 && !declared.contains(local.id());
      rows.computeIfAbsent(local.id(), id -> FIRST_FREE + rows.size());
    }
  }

  /** The locals in scratch rows that a loop reads and does not define. */
  List<Node.Local> imports(Loop loop) {
    return used(loop).stream()
        .filter(local -> row(local) >= 0 && homes.get(local.id()) != loop)
        .toList();
  }

  private static Set<Node.Local> used(Loop loop) {
    Set<Node.Local> result = new LinkedHashSet<>();
    used(loop.effects(), result);
    loop.results().values().forEach(node -> locals(node, result));
    return result;
  }

  private static void used(List<Effect> effects, Set<Node.Local> result) {
    for (Effect effect : effects) {
      Nodes.inputs(effect).forEach(node -> locals(node, result));
      if (effect instanceof Effect.Assign e) {
        result.add(e.local());
      } else if (effect instanceof Effect.If e) {
        used(e.yes(), result);
        used(e.no(), result);
      }
    }
  }

  private static void locals(Node node, Set<Node.Local> result) {
    if (node instanceof Node.Local local) {
      result.add(local);
    }
    Nodes.operands(node).forEach(operand -> locals(operand, result));
  }
}
