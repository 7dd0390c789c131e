package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.axon64.codegen.isa.ir.Node;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes loads and stores in the arrays of the pages that the address space remembers. Where it
 * does not remember the page, or the access leaves it, the code goes to a label.
 */
final class PagedMemory implements MemoryCode {
  private static final ClassDesc PAGE = CD_byte.arrayType();
  private static final ClassDesc SUPPORT = ClassDesc.of(RegionSupport.class.getName());

  private final CodeBuilder code;
  private final BlockValues values;

  PagedMemory(CodeBuilder code, BlockValues values) {
    this.code = code;
    this.values = values;
  }

  @Override
  public void load(Step.Load s, Label missing) {
    page(s.address(), s.bytes(), "readablePage", missing);
    int bits = s.bytes() * Byte.SIZE;
    ClassDesc type = type(bits);
    code.invokestatic(SUPPORT, "load" + bits, MethodTypeDesc.of(type, PAGE, CD_long));
    if (bits == Long.SIZE) {
      values.narrow(s.result().width());
    } else if (s.result().width() == Long.SIZE) {
      values.widen(Integer.SIZE);
    }
    values.keep(s.result());
  }

  @Override
  public void store(Step.Store s, Label missing) {
    values.prepare(s.value());
    page(s.address(), s.bytes(), "writablePage", missing);
    values.of(s.value());
    int bits = s.bytes() * Byte.SIZE;
    if (bits == Long.SIZE) {
      values.widen(s.value().width());
    } else if (s.value().width() == Long.SIZE) {
      code.l2i();
    }
    MethodTypeDesc type = MethodTypeDesc.of(CD_void, PAGE, CD_long, type(bits));
    code.invokestatic(SUPPORT, "store" + bits, type);
  }

  private static ClassDesc type(int bits) {
    return bits == Long.SIZE ? CD_long : CD_int;
  }

  /** Leaves the page of an address and the address on the stack. */
  private void page(Node address, int bytes, String finder, Label missing) {
    int page = values.freeLocal();
    int at = values.freeLocal();
    values.push(address);
    code.lstore(at);
    code.aload(RegionWriter.MEMORY_LOCAL).lload(at).loadConstant(bytes);
    code.invokevirtual(RegionWriter.MEMORY, finder, MethodTypeDesc.of(PAGE, CD_long, CD_int));
    code.dup().astore(page).ifnull(missing).aload(page).lload(at);
  }
}
