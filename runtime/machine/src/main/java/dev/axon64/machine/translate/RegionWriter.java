package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryRange;
import dev.axon64.machine.state.CpuState;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** Writes the class of a region: one method, in which registers are locals where that pays. */
final class RegionWriter {
  static final ClassDesc CPU = desc(CpuState.class);
  static final ClassDesc RUN = desc(RegionRun.class);
  static final ClassDesc MEMORY = desc(AddressSpace.class);
  static final ClassDesc LONGS = CD_long.arrayType();
  private static final ClassDesc REGION = desc(Region.class);
  private static final ClassDesc RANGE = desc(MemoryRange.class);
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);
  private static final MethodTypeDesc SITES = MethodTypeDesc.of(CD_void, CD_int, CD_long);

  private static final int ENTRY_LOCAL = 1;
  static final int CPU_LOCAL = 2;
  static final int RUN_LOCAL = 3;
  static final int MEMORY_LOCAL = 4;
  static final int X_LOCAL = 5;
  static final int V_LOCAL = 6;
  static final int LEFT_LOCAL = 7;
  static final int NEXT_LOCAL = 8;
  private static final int REASON_LOCAL = 10;
  private static final int FIRST_LOCAL = 11;

  private final List<Block> blocks;
  private final LoopHeads heads;
  private final Entrances entrances;
  private final FlagCode flags;
  private final boolean flat;
  private final Sites sites;
  private final Ways ways;

  private final RegionSlots slots;
  private final CodeBuilder code;
  private int firstFree;
  private int firstRange;

  private RegionWriter(List<Block> blocks, boolean flat, Sites sites, CodeBuilder code) {
    this.blocks = blocks;
    this.flat = flat;
    this.sites = sites;
    this.heads = new LoopHeads(blocks);
    this.entrances = new Entrances(blocks, heads);
    this.flags = new FlagCode(new Flags(blocks), code);
    this.code = code;
    this.ways = new Ways(code, blocks.size());
    this.slots = new RegionSlots(code, blocks, hasLoop() && !hasCall(), FIRST_LOCAL);
  }

  /**
   * The class of a region, in the package of the kernels, whose functions it calls.
   *
   * @param blocks the entry's first
   * @param flat whether memory is flat
   */
  static byte[] write(List<Block> blocks, boolean flat) {
    Sites sites = new Sites(flat ? blocks : List.of());
    ClassDesc name = ClassDesc.of(Kernels.class.getPackageName() + ".CompiledRegion");
    return ClassFile.of()
        .build(
            name,
            type ->
                type.withFlags(ClassFile.ACC_FINAL)
                    .withSuperclass(REGION)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        NOTHING,
                        ClassFile.ACC_PUBLIC,
                        init ->
                            init.aload(0)
                                .loadConstant(sites.count())
                                .loadConstant(sites.writes())
                                .invokespecial(REGION, ConstantDescs.INIT_NAME, SITES)
                                .return_())
                    .withMethodBody(
                        "run",
                        MethodTypeDesc.of(CD_void, CD_int, CPU, RUN),
                        ClassFile.ACC_PUBLIC,
                        body -> new RegionWriter(blocks, flat, sites, body).run()));
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  private void run() {
    code.aload(CPU_LOCAL).getfield(CPU, "memory", MEMORY).astore(MEMORY_LOCAL);
    code.aload(CPU_LOCAL).getfield(CPU, "x", LONGS).astore(X_LOCAL);
    code.aload(CPU_LOCAL).getfield(CPU, "v", LONGS).astore(V_LOCAL);
    code.aload(RUN_LOCAL).getfield(RUN, "left", CD_int).istore(LEFT_LOCAL);
    slots.fetchAll();
    firstFree = flags.start(slots.firstFree());
    startRanges();
    enter();
    for (Block block : blocks) {
      new BlockWriter(this, block, code, firstFree).write();
    }
    returns();
    ways.bindLeave(REASON_LOCAL);
    flags.compute(slots::store);
    keepAll();
    code.aload(CPU_LOCAL).lload(NEXT_LOCAL).putfield(CPU, "pc", CD_long);
    code.aload(RUN_LOCAL).iload(REASON_LOCAL).putfield(RUN, "reason", CD_int);
    code.return_();
  }

  private void enter() {
    List<SwitchCase> cases = new ArrayList<>();
    List<Block> starts = entrances.heads();
    for (int i = 1; i < starts.size(); i++) {
      cases.add(SwitchCase.of(i, ways.to(starts.get(i))));
    }
    Label returning = code.newLabel();
    for (int i = 0; i < entrances.returns().size(); i++) {
      cases.add(SwitchCase.of(starts.size() + i, returning));
    }
    if (!cases.isEmpty()) {
      code.iload(ENTRY_LOCAL).tableswitch(ways.to(starts.getFirst()), cases);
    }
    if (!entrances.returns().isEmpty()) {
      code.labelBinding(returning).aload(CPU_LOCAL).getfield(CPU, "pc", CD_long);
      code.lstore(NEXT_LOCAL);
      ways.toReturn();
    }
  }

  /** Writes the place where all returns from the region's own function meet. */
  private void returns() {
    if (!entrances.returns().isEmpty()) {
      Label tooFew = code.newLabel();
      ways.bindReturns();
      code.iload(LEFT_LOCAL).loadConstant(instructions()).if_icmplt(tooFew);
      ways.choose(entrances.returns());
      ways.leave(RegionRun.LEFT);
      code.labelBinding(tooFew);
      ways.leave(RegionRun.BUDGET);
    }
  }

  private boolean hasLoop() {
    return entrances.addresses().size() > 1 || blocks.stream().anyMatch(heads::contains);
  }

  private boolean hasCall() {
    return blocks.stream().anyMatch(block -> block.end() instanceof End.Call);
  }

  /** Whether the region can be entered at a block, or a loop begins with it. */
  boolean counts(Block block) {
    return entrances.heads().contains(block) || heads.contains(block);
  }

  /** Instructions of all blocks: no way through the region without a loop has more. */
  int instructions() {
    return blocks.stream().mapToInt(Block::count).sum();
  }

  private void startRanges() {
    firstRange = firstFree;
    for (int site = 0; site < sites.count(); site++) {
      code.aload(0).getfield(REGION, "ranges", RANGE.arrayType());
      code.loadConstant(site).aaload().astore(rangeLocal(site));
      firstFree++;
    }
  }

  /** The JVM local with the range of a site. */
  int rangeLocal(int site) {
    return firstRange + site;
  }

  /** The sites of accesses to memory. */
  Sites sites() {
    return sites;
  }

  /** Writes a block's accesses to memory. */
  MemoryCode memory(Block block, BlockValues values, List<Runnable> behind) {
    return flat ? new FlatMemory(this, block, code, values, behind) : new PagedMemory(code, values);
  }

  /** Passes flags from block to block. */
  FlagCode flags() {
    return flags;
  }

  /** The slots of registers. */
  RegionSlots slots() {
    return slots;
  }

  // Ways.

  /** Writes all registers to the state, and what may still be executed. */
  private void keepAll() {
    slots.keepAll();
    code.aload(RUN_LOCAL).iload(LEFT_LOCAL).putfield(RUN, "left", CD_int);
  }

  /**
   * Calls the function at the address in NEXT_LOCAL; returns from the region if it does not come
   * back, when the state is already that of wherever the guest is.
   */
  void call(long back) {
    Label returned = code.newLabel();
    keepAll();
    code.aload(RUN_LOCAL).aload(CPU_LOCAL).lload(NEXT_LOCAL).loadConstant(back);
    code.loadConstant(instructions());
    code.invokevirtual(RUN, "call", MethodTypeDesc.of(CD_boolean, CPU, CD_long, CD_long, CD_int));
    code.ifne(returned).return_().labelBinding(returned);
    slots.fetchAll();
    code.aload(RUN_LOCAL).getfield(RUN, "left", CD_int).istore(LEFT_LOCAL);
  }

  /** The ways between blocks, and out of the region. */
  Ways ways() {
    return ways;
  }
}
