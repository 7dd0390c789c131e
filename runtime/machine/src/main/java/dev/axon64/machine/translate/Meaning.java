package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What words mean, and in which way a region can execute them. Serves one thread. */
final class Meaning {
  /** In which way. */
  enum Way {
    /** As part of the block's values and steps. */
    INLINE,
    /** Not at all. */
    UNABLE
  }

  /**
   * One instruction.
   *
   * @param effects without fields and pc; empty if the word is no instruction
   * @param bytes of bytecode that it takes, about
   */
  record Instruction(
      GuestCode.Decoded code, long pc, List<Effect> effects, Way way, boolean branches, int bytes) {
    /** Whether it branches and keeps the address behind it, to which the guest will return. */
    boolean calls() {
      return branches
          && effects.stream()
              .anyMatch(
                  e ->
                      e instanceof Effect.SetX set
                          && set.value() instanceof Node.Const c
                          && c.value() == back());
    }

    /** The address behind it. */
    long back() {
      return pc + Integer.BYTES;
    }
  }

  /** An instruction that would take more bytecode is left to the scalar engine. */
  private static final int MOST_BYTES = 1200;

  private static final int NODE_BYTES = 3;
  private static final int ACCESS_BYTES = 40;

  /** For an access that probably follows another one in memory. */
  private static final int FOLLOWING_BYTES = 10;

  private static final int CALL_BYTES = 30;

  private final Meanings meanings;
  private final Map<String, Boolean> functions = new HashMap<>();

  Meaning(Meanings meanings) {
    this.meanings = meanings;
  }

  /** Finds out about the word at an address. */
  Instruction of(GuestCode.Decoded code, long pc) {
    Optional<List<Effect>> effects =
        code.instruction() < 0 ? Optional.empty() : meanings.of(code.word(), pc);
    if (effects.isEmpty()) {
      return new Instruction(code, pc, List.of(), Way.UNABLE, false, 0);
    }
    boolean branches = Nodes.any(effects.get(), Effect.Branch.class::isInstance);
    Way way = way(effects.get(), branches);
    int bytes = way == Way.INLINE ? bytes(effects.get()) : 0;
    return new Instruction(code, pc, effects.get(), way, branches, bytes);
  }

  private Way way(List<Effect> effects, boolean branches) {
    if (effects.stream().anyMatch(Meaning::ends)) {
      return Way.UNABLE;
    }
    return inline(effects, branches) && bytes(effects) <= MOST_BYTES ? Way.INLINE : Way.UNABLE;
  }

  private static boolean ends(Effect effect) {
    return effect instanceof Effect.Raise || effect instanceof Effect.Undefined;
  }

  private boolean inline(List<Effect> effects, boolean branches) {
    boolean changes = false;
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      boolean last = i == effects.size() - 1;
      if (!(effect instanceof Effect.If e && !changes && isUsual(e))
          && !inline(effect, last && branches)) {
        return false;
      }
      changes |= Nodes.any(List.of(effect), Meaning::changes);
    }
    return true;
  }

  private static boolean changes(Effect effect) {
    return switch (effect) {
      case Effect.SetX e -> true;
      case Effect.SetV e -> true;
      case Effect.SetState e -> true;
      case Effect.Store e -> true;
      case Effect.Call e -> true;
      case Effect.Host e -> true;
      case Effect.Branch e -> true;
      default -> false;
    };
  }

  /** Whether one side can be executed, and the region left where the other one is chosen. */
  private boolean isUsual(Effect.If choice) {
    return known(choice)
        && usual(choice).map(yes -> inline(yes ? choice.yes() : choice.no(), false)).orElse(false);
  }

  /**
   * The side of a choice that a region executes, leaving it before the instruction where the other
   * one is chosen: the one that does not stop the guest, or the one that writes memory.
   */
  static Optional<Boolean> usual(Effect.If choice) {
    boolean yes = Nodes.any(choice.yes(), Meaning::ends);
    boolean no = Nodes.any(choice.no(), Meaning::ends);
    if (!yes && !no) {
      no = Nodes.any(choice.yes(), Effect.Store.class::isInstance);
      yes = Nodes.any(choice.no(), Effect.Store.class::isInstance);
    }
    return yes == no ? Optional.empty() : Optional.of(no);
  }

  private boolean inline(Effect effect, boolean mayBranch) {
    return known(effect)
        && switch (effect) {
          case Effect.Define e -> true;
          case Effect.Declare e -> true;
          case Effect.Assign e -> true;
          case Effect.SetX e -> true;
          case Effect.SetV e -> true;
          case Effect.SetState e -> true;
          case Effect.Load e -> true;
          case Effect.Store e -> true;
          case Effect.Branch e -> mayBranch;
          case Effect.Call e -> isApart(e.function());
          case Effect.If e -> mayBranch ? isBranch(e) : isFree(e.yes()) && isFree(e.no());
          case Effect.Undefined e -> false;
          case Effect.Raise e -> false;
          case Effect.Host e -> true;
        };
  }

  private static boolean isBranch(Effect.If choice) {
    return isTarget(choice.yes()) && isTarget(choice.no());
  }

  private static boolean isTarget(List<Effect> side) {
    return side.isEmpty()
        || side.size() == 1
            && side.get(0) instanceof Effect.Branch b
            && b.target() instanceof Node.Const;
  }

  /** Whether effects only change registers, so that both sides can be done. */
  private boolean isFree(List<Effect> effects) {
    return effects.stream()
        .allMatch(
            effect ->
                known(effect)
                    && switch (effect) {
                      case Effect.Define e -> true;
                      case Effect.Declare e -> true;
                      case Effect.Assign e -> true;
                      case Effect.SetX e -> true;
                      case Effect.SetV e -> true;
                      case Effect.SetState e -> true;
                      case Effect.Call e -> isApart(e.function());
                      case Effect.If e -> isFree(e.yes()) && isFree(e.no());
                      default -> false;
                    });
  }

  /** Whether it reads and writes registers of known numbers, and none that stay in the state. */
  private boolean known(Effect effect) {
    return Nodes.inputs(effect).stream().allMatch(Meaning::known)
        && !(effect instanceof Effect.SetX x && !(x.index() instanceof Node.Const))
        && !(effect instanceof Effect.SetV v && !(v.index() instanceof Node.Const));
  }

  private static boolean known(Node node) {
    return switch (node) {
      case Node.GetX n -> n.index() instanceof Node.Const;
      case Node.GetV n -> n.index() instanceof Node.Const;
      default -> Nodes.operands(node).stream().allMatch(Meaning::known);
    };
  }

  /** Whether a function works on its arguments and on registers that stay in the state alone. */
  private boolean isApart(SharedFunction function) {
    Boolean known = functions.get(function.name());
    if (known == null) {
      known =
          !Nodes.any(function.body(), e -> !isApart(e))
              && function.result().map(Meaning::isApart).orElse(true);
      functions.put(function.name(), known);
    }
    return known;
  }

  private boolean isApart(Effect effect) {
    return Nodes.inputs(effect).stream().allMatch(Meaning::isApart)
        && switch (effect) {
          case Effect.Define e -> true;
          case Effect.Declare e -> true;
          case Effect.Assign e -> true;
          case Effect.If e -> true;
          case Effect.SetState e -> Place.declared(e.name()) < 0;
          case Effect.Call e -> isApart(e.function());
          default -> false;
        };
  }

  private static boolean isApart(Node node) {
    return switch (node) {
      case Node.GetX n -> false;
      case Node.GetV n -> false;
      case Node.GetState n -> Place.declared(n.name()) < 0;
      default -> Nodes.operands(node).stream().allMatch(Meaning::isApart);
    };
  }

  static long number(Node index) {
    return ((Node.Const) index).value();
  }

  private static int bytes(List<Effect> effects) {
    int bytes = 0;
    Effect before = null;
    for (Effect effect : effects) {
      bytes += NODE_BYTES * Nodes.inputs(effect).stream().mapToInt(Meaning::size).sum();
      if (effect instanceof Effect.If e) {
        bytes += bytes(e.yes()) + bytes(e.no());
      } else if (effect instanceof Effect.Load || effect instanceof Effect.Store) {
        bytes += isSame(before, effect) ? FOLLOWING_BYTES : ACCESS_BYTES;
      } else if (effect instanceof Effect.Call) {
        bytes += CALL_BYTES;
      }
      before = effect;
    }
    return bytes;
  }

  private static boolean isSame(Effect before, Effect effect) {
    return before instanceof Effect.Load && effect instanceof Effect.Load
        || before instanceof Effect.Store && effect instanceof Effect.Store;
  }

  private static int size(Node node) {
    return 1 + Nodes.operands(node).stream().mapToInt(Meaning::size).sum();
  }
}
