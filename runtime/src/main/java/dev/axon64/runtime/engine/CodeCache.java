package dev.axon64.runtime.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.runtime.kernel.generated.Kernels;
import dev.axon64.runtime.memory.AddressSpace;
import java.util.HashMap;
import java.util.Map;

/** The decided pages of one address space. A page is dropped when it is written or unmapped. */
final class CodeCache {
  private static final int RECENT = 256;

  private final AddressSpace memory;
  private final Dispatcher dispatcher;
  private final Map<Long, CodePage> pages = new HashMap<>();
  private final CodePage[] recent = new CodePage[RECENT];
  private final Profile profile;

  CodeCache(AddressSpace memory, Dispatcher dispatcher, Profile profile) {
    this.memory = memory;
    this.dispatcher = dispatcher;
    this.profile = profile;
    memory.setCodeListener(this::drop);
  }

  private void drop(long address) {
    CodePage page = pages.remove(address);
    if (page != null) {
      page.valid = false;
      if (profile != null) {
        profile.retire(page);
      }
    }
  }

  /**
   * The page that holds an address.
   *
   * @throws dev.axon64.runtime.memory.MemoryFault if the address may not be executed
   */
  CodePage at(long pc) {
    long address = pc & -AddressSpace.PAGE;
    int slot = (int) (pc >>> 12) & (RECENT - 1);
    CodePage page = recent[slot];
    if (page != null && page.valid && page.address == address) {
      return page;
    }
    page = pages.get(address);
    if (page == null) {
      page = decide(address);
      pages.put(address, page);
    }
    recent[slot] = page;
    return page;
  }

  /** One batch through the network; then each chosen kernel says what its word is. */
  private CodePage decide(long address) {
    CodePage page = new CodePage(address, new int[CodePage.WORDS], profile != null);
    long[] pcs = new long[CodePage.WORDS];
    for (int i = 0; i < CodePage.WORDS; i++) {
      pcs[i] = address + i * 4L;
      page.words[i] = memory.fetch(pcs[i]);
    }
    memory.markCode(address);
    int[] kernels = new int[CodePage.WORDS];
    dispatcher.kernels(page.words, pcs, kernels, 0, CodePage.WORDS);
    if (profile != null) {
      profile.evaluated(CodePage.WORDS);
      profile.watch(page);
    }
    for (int i = 0; i < CodePage.WORDS; i++) {
      page.steps[i] = CodePage.step(kernels[i], Kernels.decode(kernels[i], page.words[i]));
    }
    return page;
  }
}
