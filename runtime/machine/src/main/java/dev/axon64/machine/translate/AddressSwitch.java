package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes a branch to one of several labels by a guest's address. */
final class AddressSwitch {
  private static final MethodTypeDesc ROTATE = MethodTypeDesc.of(CD_int, CD_int, CD_int);

  private AddressSwitch() {}

  /**
   * Goes on behind itself where the address is none of those given, or 4 GiB above the lowest.
   *
   * @param address the JVM local that holds the address
   * @param labels by address
   */
  static void write(CodeBuilder code, int address, SortedMap<Long, Label> labels) {
    Label none = code.newLabel();
    long base = labels.firstKey();
    code.lload(address).loadConstant(base).lsub().loadConstant(Integer.SIZE).lushr().l2i();
    code.ifne(none);
    code.lload(address).loadConstant(base).lsub().l2i();
    words(code);
    List<SwitchCase> cases = new ArrayList<>();
    for (Map.Entry<Long, Label> each : labels.entrySet()) {
      long offset = each.getKey() - base;
      if (offset >>> Integer.SIZE == 0) {
        cases.add(SwitchCase.of(word((int) offset), each.getValue()));
      }
    }
    code.lookupswitch(none, cases).labelBinding(none);
  }

  /** Makes words of bytes, so that near addresses have near numbers and others have other ones. */
  private static void words(CodeBuilder code) {
    code.iconst_2().invokestatic(ConstantDescs.CD_Integer, "rotateRight", ROTATE);
  }

  private static int word(int offset) {
    return Integer.rotateRight(offset, 2);
  }
}
