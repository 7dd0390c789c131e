package dev.axon64.machine.memory;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * The memory of one guest process: pages of 4 KiB, and 48 bits of addresses if it is not said
 * otherwise. Up to 55 bits the top byte of an address is ignored, as Linux has it for user
 * programs; with more, all bits count, and behind the last of 64-bit addresses comes the first. The
 * guest's loads and stores are those of {@link GuestAccess}; the other methods are for code that
 * runs the guest.
 */
public sealed class AddressSpace extends GuestAccess permits TranslatedSpace {
  /** The bytes of a page. */
  public static final int PAGE = Page.SIZE;

  /** The number of low bits of an address that lie within a page. */
  public static final int PAGE_SHIFT = Page.SHIFT;

  /** Permission to load, in a protection. */
  public static final int READ = 1;

  /** Permission to store, in a protection. */
  public static final int WRITE = 2;

  /** Permission to fetch instructions, in a protection. */
  public static final int EXECUTE = 4;

  /** The first address after the last of 48 bits, which Linux gives its programs. */
  public static final long END = 1L << 48;

  private final MemoryLimit limit;
  private final Addresses addresses;
  private final Paging paging;
  private final PageAccess pages;
  private final Mappings mappings;
  private final TouchedPages touched;
  private final MappingChanges changes;
  private boolean touchesWatched;

  /** Makes an empty space whose touched pages count against a limit. */
  public AddressSpace(MemoryLimit limit) {
    this(limit, Addresses.USER);
  }

  /**
   * The same for other addresses.
   *
   * @param bits that an address may use, 32 to 64
   */
  public AddressSpace(MemoryLimit limit, int bits) {
    this(limit, new Paging(limit, new Addresses(bits)));
  }

  private AddressSpace(MemoryLimit limit, Paging paging) {
    this(limit, paging, new PageAccess(paging));
  }

  private AddressSpace(MemoryLimit limit, Paging paging, PageAccess pages) {
    this(limit, paging, pages, pages, new UncachedAccess(pages));
  }

  /** Makes a space in which nothing is mapped and whose pages another finds. */
  AddressSpace(MemoryLimit limit, PageFinder finder, UncachedAccess uncached) {
    this(limit, new Paging(limit, new Addresses(Addresses.USER)), null, finder, uncached);
  }

  private AddressSpace(
      MemoryLimit limit,
      Paging paging,
      PageAccess pages,
      PageFinder finder,
      UncachedAccess uncached) {
    super(finder, uncached, limit.flat() != null);
    this.limit = limit;
    this.paging = paging;
    addresses = paging.addresses;
    this.pages = pages == null ? new PageAccess(paging) : pages;
    mappings = paging.mappings;
    touched = paging.touched;
    changes = new MappingChanges(paging);
  }

  /** The number of bits that an address may use. */
  public int addressBits() {
    return addresses.bits;
  }

  /** The last address. */
  public long last() {
    return addresses.last;
  }

  /** The address without the byte that is ignored, if one is. */
  public long untagged(long a) {
    return addresses.untagged(a);
  }

  /** Whether these are whole pages, at least one, that all lie within the space. */
  public boolean isRange(long start, long size) {
    return addresses.isRange(start, size);
  }

  // Listening to accesses, and working on pages directly.

  /**
   * Sets the listener that is told of each load and store before it is made; null for none.
   * Accesses are slower while there is one, since none uses the cache.
   */
  public void setAccessListener(AccessListener listener) {
    pages.setListener(listener);
  }

  /** Sets the user, who works on pages directly; null for none. The old one returns everything. */
  public void setUser(PageUser next) {
    touched.callBackAll();
    touched.loans.setUser(next);
  }

  /**
   * Gives the user the bytes of a page, to read or write directly.
   *
   * @param write whether it will write
   * @return the page's bytes, to be used until the user is told to forget them; null if this page
   *     must be accessed by loads and stores
   * @throws MemoryFault as a load or store would
   */
  public byte[] translate(long a, boolean write) {
    return pages.translate(a, write);
  }

  /**
   * Lends a page to the user, which keeps the contents in its own form. Any other access to the
   * page, or change to its mapping, first calls it back. Only pages that may be read are lent, and
   * none that other spaces could write.
   *
   * @param write whether the user will change it
   * @return the page's contents; null if this page must be accessed by loads and stores
   * @throws MemoryFault as a load or store would
   */
  public byte[] lend(long a, boolean write) {
    return pages.lend(a, write);
  }

  /** Calls a page back from the user, if it is lent. */
  public void callBack(long a) {
    touched.callBack(addresses.number(a));
  }

  /**
   * The range of addresses around one that may be read, or written, directly outside the heap, in a
   * {@linkplain MemoryLimit#flat flat} space. A page that the guest has touched is brought there if
   * it lies elsewhere.
   *
   * @param looks how often the caller has looked for ranges, to make it look less often
   * @return a range of no addresses if there is none
   */
  public MemoryRange range(long a, boolean write, int looks) {
    allowDetours(looks);
    return pages.range(a, write);
  }

  /** Whether its pages lie outside the heap. */
  public boolean isFlat() {
    return limit.flat() != null;
  }

  // For debuggers.

  /**
   * Reads bytes, whatever their protection.
   *
   * @throws MemoryFault at the first byte that is not mapped
   */
  public byte[] peek(long a, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int at = (int) (a + done) & PAGE - 1;
      int part = Math.min(length - done, PAGE - at);
      pages.readAnyway(a + done).read(at, bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /**
   * Writes bytes, whatever their protection.
   *
   * @throws MemoryFault at the first byte that is not mapped; nothing is written then
   */
  public void poke(long a, byte[] bytes) {
    for (int done = 0; done < bytes.length; done += PAGE) {
      pages.writeAnyway(a + done);
    }
    if (bytes.length > 0) {
      pages.writeAnyway(a + bytes.length - 1);
    }
    for (int done = 0; done < bytes.length; ) {
      int at = (int) (a + done) & PAGE - 1;
      int part = Math.min(bytes.length - done, PAGE - at);
      pages.writeAnyway(a + done).write(at, bytes, done, part);
      done += part;
    }
  }

  // Code.

  /** Adds a listener that is told about stale code. */
  public void addCodeListener(CodeListener listener) {
    touched.code.add(listener);
  }

  /** Removes a listener that was added. */
  public void removeCodeListener(CodeListener listener) {
    touched.code.remove(listener);
  }

  /**
   * Marks a page as code: the listeners are told, once, when anyone writes it, and when it is
   * unmapped or re-protected.
   *
   * @throws MemoryFault if it cannot be executed
   */
  public void markCode(long pageAddress) {
    pages.markCode(pageAddress);
  }

  // Touched pages.

  /**
   * Makes a page that is mapped, private and untouched a touched one whose bytes arrive when they
   * are first used.
   *
   * @param index the number under which {@code from} knows the page
   * @return false if the limit forbids it
   */
  public boolean expect(long address, int index, Arrivals from) {
    return paging.expect(address, index, from);
  }

  /** Makes {@link #isWatchedForTouches} true, here and in children forked from now on. */
  public void watchTouches() {
    touchesWatched = true;
  }

  /** Whether the place in the program where a page is first used must be known. */
  public boolean isWatchedForTouches() {
    return touchesWatched;
  }

  /** Visits the addresses of a range's touched pages, in order. */
  public void forEachTouched(long start, long size, LongConsumer visitor) {
    addresses.checkRange(start, size);
    touched.forEach(start, size, (entry, number) -> visitor.accept(number << PAGE_SHIFT));
  }

  /**
   * The contents of a touched page, which must not be changed; null if it is untouched. Does not
   * count as a use by the guest, but an expected page arrives.
   */
  public byte[] contents(long address) {
    return paging.contents(address);
  }

  /** What is there of a range's pages. */
  public Residence residence(long start, long size) {
    addresses.checkRange(start, size);
    Residence residence = new Residence();
    touched.forEach(start, size, (entry, number) -> residence.add(entry.page));
    return residence;
  }

  /** The number of bytes in touched pages. */
  public long touchedBytes() {
    return touched.count() * PAGE;
  }

  /** The limit that touched pages count against. */
  public MemoryLimit limit() {
    return limit;
  }

  // Changing what is mapped. Addresses and sizes must be whole pages within the space.

  /** Maps a range; whatever was mapped there is unmapped first. */
  public void map(Mapping mapping) {
    changes.map(mapping);
  }

  /** Maps fresh zeroes. */
  public void map(long start, long size, int protection, String name) {
    changes.map(new Mapping(start, start + size, protection, Backing.anonymous(), 0, name));
  }

  /** Unmaps whatever is mapped in a range. */
  public void unmap(long start, long size) {
    changes.unmap(start, size);
  }

  /** Discards what was written to the private pages of a range, which are then untouched again. */
  public void discard(long start, long size) {
    changes.discard(start, size);
  }

  /**
   * Changes the protection of a range.
   *
   * @return false if a part of it is not mapped; what is mapped before that part has changed
   */
  public boolean protect(long start, long size, int protection) {
    return changes.protect(start, size, protection);
  }

  /**
   * Moves a wholly mapped range with its contents to a free place.
   *
   * @throws MemoryFault if the limit forbids it; nothing has moved
   */
  public void move(long from, long size, long to) {
    changes.move(from, size, to);
  }

  /**
   * Makes a copy for a child: private pages are copied when either writes them first.
   *
   * @throws MemoryFault if the limit forbids it
   */
  public AddressSpace fork() {
    AddressSpace child = new AddressSpace(limit, addresses.bits);
    child.touchesWatched = touchesWatched;
    try {
      changes.copyTo(child.changes);
    } catch (MemoryFault e) {
      child.clear();
      throw e;
    }
    return child;
  }

  /**
   * Makes a copy that is kept as it is, to which this space can be {@linkplain #restore restored}.
   *
   * @throws MemoryFault if the limit forbids it
   */
  public AddressSpace checkpoint() {
    AddressSpace copy = fork();
    touched.changes.beginAt(copy, touched.table);
    return copy;
  }

  /**
   * Makes this space as a checkpoint of it is, whose own pages nobody has changed. It takes as long
   * as the pages need that have changed since. What spaces share stays as it is.
   *
   * @return false if there was a checkpoint after that one, or if more has changed than what pages
   *     hold; nothing is restored then, and {@link #copyOf} makes a space that is so
   */
  public boolean restore(AddressSpace checkpoint) {
    if (!touched.changes.leadBackTo(checkpoint)) {
      return false;
    }
    for (long number : touched.changes.take()) {
      touched.restore(number, checkpoint.touched);
    }
    return true;
  }

  /**
   * Makes a space as a checkpoint is, which can be {@linkplain #restore restored} to it.
   *
   * @throws MemoryFault if the limit forbids it
   */
  public static AddressSpace copyOf(AddressSpace checkpoint) {
    AddressSpace copy = checkpoint.fork();
    copy.touched.changes.beginAt(checkpoint, copy.touched.table);
    return copy;
  }

  /** Unmaps everything and frees all memory. */
  public void clear() {
    changes.clear();
  }

  // What is mapped.

  /** All mappings, by address. */
  public List<Mapping> mappings() {
    return mappings.all();
  }

  /** The number of mappings. */
  public int mappingCount() {
    return mappings.count();
  }

  /** The mapping of an address, or null. */
  public Mapping mappingAt(long address) {
    return mappings.at(address);
  }

  /** The parts of mappings in a range of pages. */
  public List<Mapping> mappingsWithin(long start, long size) {
    return mappings.within(start, start + size);
  }

  /** The number of mapped bytes, touched or not. */
  public long mappedBytes() {
    return mappings.bytes();
  }

  /** The start of the highest free range of a size between two addresses, or -1. */
  public long highestGap(long size, long floor, long ceiling) {
    return mappings.highestGap(size, floor, ceiling);
  }

  /**
   * The number of the {@code length} bytes from an address on that are mapped with this protection.
   */
  public long accessible(long a, long length, int protection) {
    return mappings.accessible(addresses.untagged(a), length, protection);
  }
}
