package dev.axon64.propose.accelerate;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.axon64.machine.bytecode.Variable;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.PageBytes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints loads and stores that remember the page they went to, in JVM locals, and read or write its
 * bytes for as long as they stay there. Every page that is stored to is checked before the loop
 * runs ({@link Reach#permitted}), so that no copy takes its place meanwhile.
 */
final class LoopPages {
  static final ClassDesc MEMORY = ClassDesc.of(AddressSpace.class.getName());
  static final ClassDesc SUPPORT = ClassDesc.of(LoopSupport.class.getName());
  private static final ClassDesc PAGE_BYTES = ClassDesc.of(PageBytes.class.getName());
  private static final ClassDesc BYTES = CD_byte.arrayType();
  private static final MethodTypeDesc TRANSLATE = MethodTypeDesc.of(BYTES, CD_long, CD_boolean);
  private static final int PAGE_SHIFT = Integer.numberOfTrailingZeros(AddressSpace.PAGE);

  /** The JVM locals in which an access keeps its page: the bytes, and the page number or -1. */
  private record Kept(int bytes, int number) {}

  private final CodeBuilder code;
  private final List<Kept> kept = new ArrayList<>();

  /** The JVM local for the offset in a page. */
  private final int at;

  /**
   * Prepares pages for the first accesses; the others go through the address space each time.
   *
   * @param accesses how many remember their pages
   */
  LoopPages(CodeBuilder code, int accesses) {
    this.code = code;
    for (int i = 0; i < accesses; i++) {
      kept.add(new Kept(code.allocateLocal(TypeKind.REFERENCE), code.allocateLocal(TypeKind.LONG)));
    }
    this.at = code.allocateLocal(TypeKind.INT);
  }

  /** Forgets all pages. */
  void begin() {
    for (Kept page : kept) {
      code.aconst_null().astore(page.bytes).loadConstant(-1L).lstore(page.number);
    }
    code.iconst_0().istore(at);
  }

  /** Pushes what an access loads, as 64 bits. */
  void load(int access, int size, Variable address) {
    Label slow = code.newLabel();
    Label end = code.newLabel();
    if (access < kept.size()) {
      find(access, size, address.slot(), false, slow);
      code.aload(kept.get(access).bytes).iload(at);
      get(code, size);
      code.goto_(end);
    }
    code.labelBinding(slow).aload(LoopMethod.MEMORY).lload(address.slot());
    code.invokevirtual(MEMORY, "load" + 8 * size, MethodTypeDesc.of(CD_long, CD_long));
    code.labelBinding(end);
  }

  void store(int access, int size, Variable address, Variable value) {
    Label slow = code.newLabel();
    Label end = code.newLabel();
    if (access < kept.size()) {
      find(access, size, address.slot(), true, slow);
      code.aload(kept.get(access).bytes).iload(at);
      put(code, size, value);
      code.goto_(end);
    }
    code.labelBinding(slow).aload(LoopMethod.MEMORY).lload(address.slot());
    value.loadLong(code);
    code.invokevirtual(MEMORY, "store" + 8 * size, MethodTypeDesc.of(CD_void, CD_long, CD_long));
    code.labelBinding(end);
  }

  /** Finds the page of an access and the offset in it, or branches to the slow way. */
  private void find(int access, int size, int address, boolean write, Label slow) {
    Kept page = kept.get(access);
    Label found = code.newLabel();
    code.lload(address).loadConstant(PAGE_SHIFT).lushr().lload(page.number).lcmp();
    code.branch(Opcode.IFEQ, found);
    code.loadConstant(-1L).lstore(page.number);
    translate(code, address, write, page.bytes, slow);
    code.lload(address).loadConstant(PAGE_SHIFT).lushr().lstore(page.number);
    code.labelBinding(found);
    code.lload(address).l2i().loadConstant(AddressSpace.PAGE - 1).iand().istore(at);
    if (size > 1) {
      code.iload(at).loadConstant(AddressSpace.PAGE - size).branch(Opcode.IF_ICMPGT, slow);
    }
  }

  /** Asks memory for the bytes of a page, or branches to the slow way if they cannot be had. */
  static void translate(CodeBuilder code, int address, boolean write, int bytes, Label slow) {
    code.aload(LoopMethod.MEMORY).lload(address).loadConstant(write ? 1 : 0);
    code.invokevirtual(MEMORY, "translate", TRANSLATE).dup().astore(bytes);
    code.branch(Opcode.IFNULL, slow);
  }

  /** Pops the bytes of a page and an offset, and pushes what is there, as 64 bits. */
  static void get(CodeBuilder code, int size) {
    if (size == 1) {
      code.baload().loadConstant(0xff).iand().i2l();
    } else {
      code.invokestatic(PAGE_BYTES, "get" + 8 * size, MethodTypeDesc.of(CD_long, BYTES, CD_int));
    }
  }

  /** Pops the bytes of a page and an offset, and stores a value there. */
  static void put(CodeBuilder code, int size, Variable value) {
    value.loadLong(code);
    if (size == 1) {
      code.l2i().bastore();
    } else {
      code.invokestatic(
          PAGE_BYTES, "put" + 8 * size, MethodTypeDesc.of(CD_void, BYTES, CD_int, CD_long));
    }
  }
}
