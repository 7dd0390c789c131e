package dev.axon64.machine.translate;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a method's bytecode, with labels where branches lead. */
final class MethodText {
  private final Map<Label, String> labels = new HashMap<>();

  private MethodText() {}

  /** The lines of the method of a class that has this name. */
  static List<String> lines(byte[] type, String method) {
    CodeModel code =
        ClassFile.of().parse(type).methods().stream()
            .filter(m -> m.methodName().equalsString(method))
            .findFirst()
            .flatMap(m -> m.code())
            .orElseThrow();
    MethodText text = new MethodText();
    List<String> lines = new ArrayList<>();
    for (CodeElement element : code) {
      if (element instanceof LabelTarget target) {
        lines.add(text.label(target.label()) + ":");
      } else if (element instanceof Instruction instruction) {
        lines.add("  " + text.instruction(instruction));
      }
    }
    return lines;
  }

  private String label(Label label) {
    return labels.computeIfAbsent(label, each -> "L" + labels.size());
  }

  private String instruction(Instruction instruction) {
    String name = instruction.opcode().name().toLowerCase(Locale.ROOT);
    return switch (instruction) {
      case LoadInstruction i -> base(name) + " " + i.slot();
      case StoreInstruction i -> base(name) + " " + i.slot();
      case IncrementInstruction i -> "iinc " + i.slot() + " " + i.constant();
      case BranchInstruction i -> name + " " + label(i.target());
      case ConstantInstruction i -> "push " + i.constantValue();
      case FieldInstruction i -> name + " " + i.name().stringValue();
      case InvokeInstruction i -> name + " " + i.name().stringValue() + i.type().stringValue();
      case TableSwitchInstruction i ->
          name
              + i.cases().stream().map(c -> " " + c.caseValue() + ":" + label(c.target())).toList()
              + " else "
              + label(i.defaultTarget());
      default -> name;
    };
  }

  /** The name without the number of the local that short forms have in it. */
  private static String base(String name) {
    int end = name.indexOf('_');
    return end < 0 ? name : name.substring(0, end);
  }
}
