package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.axon64.codegen.isa.ir.Node;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** Writes a block's loads and stores. */
abstract sealed class MemoryCode permits FlatMemory, PagedMemory {
  final CodeBuilder code;
  final BlockValues values;
  private final ClassDesc accessors;
  private final List<ClassDesc> place;

  /**
   * @param accessors the class with the methods {@code loadN} and {@code storeN}
   * @param place the types of what tells them where, which {@link Found#push} leaves on the stack
   */
  MemoryCode(CodeBuilder code, BlockValues values, ClassDesc accessors, List<ClassDesc> place) {
    this.code = code;
    this.values = values;
    this.accessors = accessors;
    this.place = place;
  }

  /** Where an access has found its bytes. */
  interface Found {
    /** Leaves the place of the byte at an offset on the stack. */
    void push(int offset);
  }

  /**
   * Finds the bytes of an access.
   *
   * @param missing where to go if that cannot be done at once
   */
  abstract Found find(Node address, int bytes, boolean write, Label missing);

  /**
   * Keeps what is loaded as the load's results.
   *
   * @param missing where to go if that cannot be done at once
   */
  final void load(Step.Load s, Label missing) {
    Found found = find(s.address(), s.size(), false, missing);
    int bits = s.bytes() * Byte.SIZE;
    for (int i = 0; i < s.results().size(); i++) {
      found.push(i * s.bytes());
      code.invokestatic(accessors, "load" + bits, MethodTypeDesc.of(type(bits), place));
      values.keepLoaded(s.results().get(i), bits);
    }
  }

  /**
   * Stores.
   *
   * @param missing where to go if that cannot be done at once
   */
  final void store(Step.Store s, Label missing) {
    s.values().forEach(values::prepare);
    Found found = find(s.address(), s.size(), true, missing);
    int bits = s.bytes() * Byte.SIZE;
    List<ClassDesc> arguments = new ArrayList<>(place);
    arguments.add(type(bits));
    for (int i = 0; i < s.values().size(); i++) {
      found.push(i * s.bytes());
      values.toStore(s.values().get(i), bits);
      code.invokestatic(accessors, "store" + bits, MethodTypeDesc.of(CD_void, arguments));
    }
  }

  /** Leaves an address in a JVM local plus an offset on the stack. */
  final void push(int local, int offset) {
    code.lload(local);
    if (offset > 0) {
      code.loadConstant((long) offset).ladd();
    }
  }

  private static ClassDesc type(int bits) {
    return bits == Long.SIZE ? CD_long : CD_int;
  }
}
