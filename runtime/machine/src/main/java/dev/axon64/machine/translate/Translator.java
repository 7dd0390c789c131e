package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.kernel.Kernels;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;

/** Makes regions of guest code. Serves one thread. */
public final class Translator {
  /**
   * Bytes of bytecode that a region is planned with at first. Larger ones take the JVM's compilers
   * many times as long, so that they are made where the guest is often led out of a region.
   */
  private static final int PLANNED_BYTES = 3000;

  /** The JVM's optimising compiler leaves longer methods alone. */
  private static final int MOST_BYTES = 8000;

  private final Meaning meaning;

  /** Translates A64 as the shipped spec has it. */
  public Translator() {
    this(Meanings.a64());
  }

  /** Translates words as these meanings have them. */
  public Translator(Meanings meanings) {
    meaning = new Meaning(meanings);
  }

  /**
   * What has been made.
   *
   * @param entries the addresses at which it can be entered, by number
   * @param blocks the addresses of all its blocks
   * @param instructions of the guest that it holds
   * @param bytes of bytecode, in its longest method
   */
  public record Translation(
      Region region, List<Long> entries, List<Long> blocks, int instructions, int bytes) {}

  /** A region's class that is not loaded yet. */
  private record Draft(List<PlannedBlock> planned, List<Block> blocks, byte[] type, int bytes) {}

  /**
   * Makes the region that is entered at an address.
   *
   * @param generation how often one was made there before; the first is kept short
   * @return empty if a region could not execute even the first instruction there
   */
  public Optional<Translation> translate(GuestCode code, long entry, int generation) {
    return draft(code, entry, generation)
        .map(
            draft ->
                new Translation(
                    load(draft.type),
                    new Entrances(draft.blocks, new LoopHeads(draft.blocks)).addresses(),
                    starts(draft.blocks),
                    draft.blocks.stream().mapToInt(Block::count).sum(),
                    draft.bytes));
  }

  /**
   * Says in words what {@link #translate} makes of the same code.
   *
   * @return empty if it makes nothing of it
   */
  public Optional<RegionText> text(GuestCode code, long entry, int generation) {
    return draft(code, entry, generation)
        .map(draft -> RegionText.of(draft.planned, draft.blocks, draft.type));
  }

  private static List<Long> starts(List<Block> blocks) {
    return blocks.stream().map(Block::start).toList();
  }

  private Optional<Draft> draft(GuestCode code, long entry, int generation) {
    int first = generation == 0 ? PLANNED_BYTES : 2 * PLANNED_BYTES;
    for (int most = first; most > 100; most /= 2) {
      List<PlannedBlock> planned = new RegionPlanner(code, meaning, entry, most).blocks();
      List<Block> blocks = planned.stream().map(BlockReader::read).toList();
      if (blocks.isEmpty() || blocks.getFirst().count() == 0) {
        return Optional.empty();
      }
      byte[] type = RegionWriter.write(blocks, code.isFlat());
      int bytes = length(type);
      if (bytes <= MOST_BYTES) {
        return Optional.of(new Draft(planned, blocks, type, bytes));
      }
    }
    return Optional.empty();
  }

  /** The length of the longest method. */
  private static int length(byte[] type) {
    return ClassFile.of().parse(type).methods().stream()
        .flatMap(method -> method.findAttribute(java.lang.classfile.Attributes.code()).stream())
        .mapToInt(CodeAttribute::codeLength)
        .max()
        .orElse(0);
  }

  private static Region load(byte[] type) {
    try {
      MethodHandles.Lookup kernels =
          MethodHandles.privateLookupIn(Kernels.class, MethodHandles.lookup());
      MethodHandles.Lookup made = kernels.defineHiddenClass(type, true);
      MethodHandle constructor =
          made.findConstructor(made.lookupClass(), MethodType.methodType(void.class));
      return (Region) constructor.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a region's class can be made here", e);
    }
  }
}
