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
    Found at = find(s.address(), s.size(), "readablePage", missing);
    int bits = s.bytes() * Byte.SIZE;
    for (int i = 0; i < s.results().size(); i++) {
      push(at, i * s.bytes());
      code.invokestatic(SUPPORT, "load" + bits, MethodTypeDesc.of(type(bits), PAGE, CD_long));
      values.keepLoaded(s.results().get(i), bits);
    }
  }

  @Override
  public void store(Step.Store s, Label missing) {
    s.values().forEach(values::prepare);
    Found at = find(s.address(), s.size(), "writablePage", missing);
    int bits = s.bytes() * Byte.SIZE;
    MethodTypeDesc type = MethodTypeDesc.of(CD_void, PAGE, CD_long, type(bits));
    for (int i = 0; i < s.values().size(); i++) {
      push(at, i * s.bytes());
      values.toStore(s.values().get(i), bits);
      code.invokestatic(SUPPORT, "store" + bits, type);
    }
  }

  /** The JVM locals that hold a page and an address. */
  private record Found(int page, int address) {}

  /** Leaves the page, and the address plus an offset, on the stack. */
  private void push(Found at, int offset) {
    code.aload(at.page()).lload(at.address());
    if (offset > 0) {
      code.loadConstant((long) offset).ladd();
    }
  }

  private static ClassDesc type(int bits) {
    return bits == Long.SIZE ? CD_long : CD_int;
  }

  /** Finds the page of an address. */
  private Found find(Node address, int bytes, String finder, Label missing) {
    int page = values.freeLocal();
    int at = values.freeLocal();
    values.push(address);
    code.lstore(at);
    code.aload(RegionWriter.MEMORY_LOCAL).lload(at).loadConstant(bytes);
    code.invokevirtual(RegionWriter.MEMORY, finder, MethodTypeDesc.of(PAGE, CD_long, CD_int));
    code.dup().astore(page).ifnull(missing);
    return new Found(page, at);
  }
}
