package dev.axon64.app.profile;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.ElfSymbols;
import dev.axon64.machine.elf.Segment;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Names the functions of a guest, from the files that are mapped where they lie. */
final class GuestSymbols {
  private final Function<String, Optional<Path>> files;
  private final Map<String, Optional<Image>> images = new HashMap<>();

  private record Image(ElfImage elf, ElfSymbols symbols) {}

  /**
   * A place in the guest's code.
   *
   * @param function its name, or where it lies in its object if that has no name
   * @param object the file, or what else is mapped there
   * @param offset from the function's beginning
   */
  record Place(String function, String object, long offset) {
    /** The function, and how far behind its beginning. */
    String text() {
      return offset == 0 ? function : "%s+0x%x".formatted(function, offset);
    }
  }

  /**
   * @param files finds the file of the host that a guest's path names
   */
  GuestSymbols(Function<String, Optional<Path>> files) {
    this.files = files;
  }

  /** What stands at an address. */
  Place at(AddressSpace memory, long address) {
    Mapping mapping = memory.mappingAt(address);
    if (mapping == null) {
      return new Place("[unmapped]", "[unmapped]", 0);
    }
    String name = mapping.name();
    if (!name.startsWith("/")) {
      String object = name.isEmpty() ? "[anonymous]" : name;
      return new Place(object, object, address - mapping.start());
    }
    String object = name.substring(name.lastIndexOf('/') + 1);
    long inFile = mapping.offset() + (address - mapping.start());
    return images
        .computeIfAbsent(name, this::image)
        .flatMap(image -> function(image, object, inFile))
        .orElseGet(() -> new Place("[" + object + "]", object, inFile));
  }

  private Optional<Image> image(String name) {
    try {
      return files.apply(name).map(ElfImage::read).map(elf -> new Image(elf, ElfSymbols.of(elf)));
    } catch (InputException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Place> function(Image image, String object, long inFile) {
    return image.elf.segments().stream()
        .filter(segment -> segment.isLoad() && isIn(segment, inFile))
        .findFirst()
        .map(segment -> segment.address() + (inFile - segment.offset()))
        .flatMap(
            address ->
                image
                    .symbols
                    .at(address)
                    .map(symbol -> new Place(symbol.name(), object, address - symbol.address())));
  }

  private static boolean isIn(Segment segment, long inFile) {
    return inFile >= segment.offset() && inFile < segment.offset() + segment.fileSize();
  }
}
