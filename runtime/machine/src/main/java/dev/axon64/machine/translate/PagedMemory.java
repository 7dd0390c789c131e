package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Node;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * Writes loads and stores in the arrays of the pages that the address space remembers. Where it
 * does not remember the page, or the access leaves it, the code goes to a label.
 */
final class PagedMemory extends MemoryCode {
  private static final ClassDesc PAGE = CD_byte.arrayType();
  private static final ClassDesc SUPPORT = ClassDesc.of(RegionSupport.class.getName());

  PagedMemory(CodeBuilder code, BlockValues values) {
    super(code, values, SUPPORT, List.of(PAGE, CD_long));
  }

  @Override
  Found find(Node address, int bytes, boolean write, Label missing) {
    int page = values.freeLocal();
    int at = values.freeLocal();
    String finder = write ? "writablePage" : "readablePage";
    values.push(address);
    code.lstore(at);
    code.aload(RegionWriter.MEMORY_LOCAL).lload(at).loadConstant(bytes);
    code.invokevirtual(RegionWriter.MEMORY, finder, MethodTypeDesc.of(PAGE, CD_long, CD_int));
    code.dup().astore(page).ifnull(missing);
    return offset -> {
      code.aload(page);
      push(at, offset);
    };
  }
}
