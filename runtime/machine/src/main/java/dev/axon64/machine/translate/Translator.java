package dev.axon64.machine.translate;

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
   * Bytes of bytecode that a region is planned with. Larger ones gain little and take the JVM's
   * compilers many times as long, again and again where the guest enters a new phase.
   */
  private static final int PLANNED_BYTES = 2000;

  /** The JVM's optimising compiler leaves longer methods alone. */
  private static final int MOST_BYTES = 8000;

  private final Meaning meaning = new Meaning();

  /**
   * What has been made.
   *
   * @param entries the addresses at which it can be entered, by number
   */
  public record Translation(Region region, List<Long> entries) {}

  /**
   * Makes the region that is entered at an address.
   *
   * @return empty if a region could not execute even the first instruction there
   */
  public Optional<Translation> translate(GuestCode code, long entry) {
    for (int most = PLANNED_BYTES; most > 100; most /= 2) {
      List<Block> blocks =
          new RegionPlanner(code, meaning, most)
              .blocks(entry).stream().map(BlockReader::read).toList();
      if (blocks.isEmpty() || blocks.getFirst().count() == 0) {
        return Optional.empty();
      }
      byte[] type = RegionWriter.write(blocks);
      if (length(type) <= MOST_BYTES) {
        return Optional.of(
            new Translation(
                load(type), RegionWriter.entries(blocks).stream().map(Block::start).toList()));
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
