package dev.axon64.machine.memory;

/**
 * Addresses of all 64 bits that the guest's own page tables translate to physical memory and to
 * devices. The cache of pages is its TLB, which has to be told what to forget. Nothing can be
 * mapped in it.
 */
public final class TranslatedSpace extends AddressSpace {
  private final TranslatedPages pages;
  private final TranslatedAccess access;

  /** Counts what was forgotten. */
  private int epoch;

  /** Makes a space of a memory and devices beside it. */
  public TranslatedSpace(PhysicalMemory memory, Translation translation, Devices devices) {
    this(new TranslatedPages(memory, translation), devices);
  }

  private TranslatedSpace(TranslatedPages pages, Devices devices) {
    this(pages, new TranslatedAccess(pages, devices));
  }

  private TranslatedSpace(TranslatedPages pages, TranslatedAccess access) {
    super(new MemoryLimit(0), pages, access);
    this.pages = pages;
    this.access = access;
  }

  /**
   * Lets accesses reach devices, or makes those fault as {@link MemoryFault.Reason#OUTSIDE}, as
   * they do at first.
   */
  public void openDevices(boolean open) {
    access.open(open);
  }

  /**
   * The physical address of an instruction.
   *
   * @throws MemoryFault if it must not be executed
   */
  public long executable(long a) {
    pages.execute(a);
    return pages.translation.translate(a, MemoryFault.Access.EXECUTE);
  }

  /** Another number after anything was forgotten. */
  public int epoch() {
    return epoch;
  }

  /** Forgets the page of an address, whatever its upper bits. */
  public void forget(long a) {
    epoch++;
    pages.cache.forgetSlot(a >>> Page.SHIFT);
  }

  /** Forgets all pages. */
  public void forgetAll() {
    epoch++;
    pages.cache.forgetSlots(0, 0);
  }

  /** Forgets the pages in the lower half of all addresses. */
  public void forgetLowerHalf() {
    epoch++;
    pages.cache.forgetSlots(1L << 55 - Page.SHIFT, 0);
  }

  /** Makes the next store to a physical page look whether it holds code. */
  public void forgetWritable(long place) {
    pages.forgetWritable(place);
  }
}
