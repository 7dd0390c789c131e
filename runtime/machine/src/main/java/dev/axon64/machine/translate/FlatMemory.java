package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.machine.memory.MemoryRange;
import dev.axon64.machine.memory.RawMemory;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * Writes loads and stores of a flat address space. One comparison tells whether an address lies in
 * the range that the access met last; then its byte is an addition away. If not, the place of its
 * page may be remembered. Otherwise the code says which access missed what, and goes to a label.
 */
final class FlatMemory extends MemoryCode {
  private static final ClassDesc RANGE = ClassDesc.of(MemoryRange.class.getName());
  private static final ClassDesc RAW = ClassDesc.of(RawMemory.class.getName());
  private static final ClassDesc REGION = ClassDesc.of(Region.class.getName());
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(CD_int, CD_long, CD_long);
  private static final MethodTypeDesc PLACE =
      MethodTypeDesc.of(CD_long, RegionWriter.RUN, RegionWriter.MEMORY, CD_long, CD_int, CD_int);

  private final RegionWriter region;
  private final Block block;
  private final List<Runnable> behind;

  /**
   * @param behind writes what follows the block
   */
  FlatMemory(
      RegionWriter region,
      Block block,
      CodeBuilder code,
      BlockValues values,
      List<Runnable> behind) {
    super(code, values, RAW, List.of(CD_long));
    this.region = region;
    this.block = block;
    this.behind = behind;
  }

  @Override
  Found find(Node address, int bytes, boolean write, Label missing) {
    int site = region.sites().of(block, address, write);
    int range = region.rangeLocal(site);
    int at = values.freeLocal();
    int place = values.freeLocal();
    Label outside = code.newLabel();
    Label found = code.newLabel();
    values.push(address);
    code.dup2().lstore(at);
    code.aload(range).getfield(RANGE, "start", CD_long).lsub();
    code.aload(range).getfield(RANGE, "length", CD_long);
    code.invokestatic(ConstantDescs.CD_Long, "compareUnsigned", COMPARE).ifge(outside);
    code.lload(at).aload(range).getfield(RANGE, "delta", CD_long).ladd().lstore(place);
    code.labelBinding(found);
    behind.add(
        () -> {
          code.labelBinding(outside).aload(0).aload(RegionWriter.RUN_LOCAL);
          code.aload(RegionWriter.MEMORY_LOCAL).lload(at).loadConstant(bytes).loadConstant(site);
          code.invokevirtual(REGION, write ? "writablePlace" : "readablePlace", PLACE);
          code.dup2().lstore(place).lconst_0().lcmp().ifne(found).goto_(missing);
        });
    return offset -> push(place, offset);
  }
}
