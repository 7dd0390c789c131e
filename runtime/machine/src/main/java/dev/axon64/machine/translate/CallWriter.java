package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.Shortcut;
import dev.axon64.machine.kernel.SharedFunctions;
import dev.axon64.machine.shortcut.Shortcuts;
import dev.axon64.machine.state.Host;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a block's calls of what is generated from the spec, and of the machine's host. */
final class CallWriter {
  private static final ClassDesc FUNCTIONS = ClassDesc.of(SharedFunctions.class.getName());
  private static final ClassDesc SHORTCUTS = ClassDesc.of(Shortcuts.class.getName());
  private static final ClassDesc HOST = ClassDesc.of(Host.class.getName());

  private final RegionWriter region;
  private final Block block;
  private final CodeBuilder code;
  private final BlockValues values;

  CallWriter(RegionWriter region, Block block, CodeBuilder code, BlockValues values) {
    this.region = region;
    this.block = block;
    this.code = code;
    this.values = values;
  }

  // Functions.

  /** Calls a function, or its shortcut first. */
  void function(Step.Call s) {
    s.arguments().forEach(values::prepare);
    Label answered = code.newLabel();
    s.condition().ifPresent(condition -> unless(condition, s.result(), answered));
    s.function().shortcut().ifPresent(shortcut -> shortcut(shortcut, s, answered));
    code.aload(RegionWriter.CPU_LOCAL);
    s.arguments().forEach(values::of);
    code.invokestatic(
        FUNCTIONS, s.function().name(), type(s.function(), List.of(RegionWriter.CPU)));
    code.labelBinding(answered);
    s.result().ifPresent(values::keep);
  }

  /** Goes to a label with any value as the result if a condition does not hold. */
  private void unless(Node condition, Optional<Node.Local> result, Label answered) {
    values.prepare(condition);
    result.ifPresent(local -> zero(local.width()));
    values.branch(condition, false, answered);
    result.ifPresent(local -> drop(local.width()));
  }

  private void zero(int width) {
    if (width == Long.SIZE) {
      code.lconst_0();
    } else {
      code.iconst_0();
    }
  }

  private void drop(int width) {
    if (width == Long.SIZE) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  /** Asks a shortcut; goes to a label with its answer on the stack, or on without. */
  private void shortcut(Shortcut shortcut, Step.Call s, Label answered) {
    List<ClassDesc> registers = new ArrayList<>();
    for (Node.GetState register : shortcut.registers()) {
      values.readState(register.name(), register.width());
      registers.add(type(register.width()));
    }
    s.arguments().forEach(values::of);
    code.invokestatic(SHORTCUTS, shortcut.name(), type(s.function(), registers));
    if (s.function().result().orElseThrow().width() <= Integer.SIZE) {
      code.dup().loadConstant(Shortcuts.DECLINED_32).if_icmpne(answered).pop();
    } else {
      code.dup2().loadConstant(Shortcuts.DECLINED_64).lcmp().ifne(answered).pop2();
    }
  }

  /**
   * The type of a function's method.
   *
   * @param machine what it is given before the function's arguments
   */
  private static MethodTypeDesc type(SharedFunction function, List<ClassDesc> machine) {
    List<ClassDesc> parameters = new ArrayList<>(machine);
    function.parameters().forEach(parameter -> parameters.add(type(parameter.width())));
    return MethodTypeDesc.of(
        function.result().map(result -> type(result.width())).orElse(CD_void), parameters);
  }

  private static ClassDesc type(int width) {
    return width == 1 ? CD_boolean : width <= Integer.SIZE ? CD_int : CD_long;
  }

  // Others.

  /** Asks the host; the state says where the guest is. */
  void host(Step.Host s) {
    s.arguments().forEach(values::prepare);
    tell(s.pc(), s.done());
    code.aload(RegionWriter.CPU_LOCAL).getfield(RegionWriter.CPU, "host", HOST);
    List<ClassDesc> parameters = new ArrayList<>();
    for (Node argument : s.arguments()) {
      values.of(argument);
      values.widen(argument.width());
      parameters.add(CD_long);
    }
    ClassDesc result = s.result().isPresent() ? CD_long : CD_void;
    code.invokeinterface(HOST, s.name(), MethodTypeDesc.of(result, parameters));
    s.result()
        .ifPresent(
            local -> {
              values.narrow(local.width());
              values.keep(local);
            });
  }

  /** Writes back where the guest is, and how many instructions may still be executed. */
  private void tell(long pc, int done) {
    code.aload(RegionWriter.CPU_LOCAL).loadConstant(pc);
    code.putfield(RegionWriter.CPU, "pc", CD_long);
    code.aload(RegionWriter.RUN_LOCAL).iload(RegionWriter.LEFT_LOCAL);
    code.loadConstant(block.count() - done).iadd();
    code.putfield(RegionWriter.RUN, "left", CD_int);
  }
}
