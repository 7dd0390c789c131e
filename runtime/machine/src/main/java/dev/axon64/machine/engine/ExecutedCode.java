package dev.axon64.machine.engine;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.translate.GuestCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pages that a guest has executed, as code to translate; they stay as they were first read. */
final class ExecutedCode implements GuestCode {
  private final CodeCache cache;
  private final Map<Long, Optional<CodePage>> pages = new HashMap<>();
  private final Map<Long, List<Long>> seen = new HashMap<>();
  private final Map<Long, Boolean> cold = new HashMap<>();
  private final int least;

  /**
   * @param least branches that have led to an address where it does not count as cold
   */
  ExecutedCode(CodeCache cache, int least) {
    this.cache = cache;
    this.least = least;
  }

  /** The pages that were read. */
  Set<CodePage> pages() {
    return pages.values().stream().flatMap(Optional::stream).collect(Collectors.toSet());
  }

  private Optional<CodePage> page(long address) {
    return pages.computeIfAbsent(address & -AddressSpace.PAGE, cache::known);
  }

  @Override
  public Optional<Decoded> at(long address) {
    return (address & 3) == 0
        ? page(address).map(page -> decoded(page, address))
        : Optional.empty();
  }

  private static Decoded decoded(CodePage page, long address) {
    int index = CodePage.index(address);
    int step = page.steps[index];
    return new Decoded(page.words[index], CodePage.kernel(step), CodePage.instruction(step));
  }

  @Override
  public boolean isFlat() {
    return cache.isFlat();
  }

  @Override
  public boolean isCold(long address) {
    return cold.computeIfAbsent(
        address, a -> page(a).map(page -> page.heat(a) < least).orElse(true));
  }

  @Override
  public List<Long> seen(long branch) {
    return seen.computeIfAbsent(
        branch, b -> page(b).map(page -> page.jumps.of(b)).orElse(List.of()));
  }
}
