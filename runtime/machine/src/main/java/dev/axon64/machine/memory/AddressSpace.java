package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The memory of one guest process: 48 bits of addresses, pages of 4 KiB, little-endian. Accesses
 * need not be aligned. The top byte of an address is ignored, as Linux has it for user programs.
 *
 * <p>Loads and stores look in a small direct-mapped cache of pages first; that path is kept short
 * enough to be inlined everywhere. Whatever is not in the cache goes through {@link #touch}.
 */
public final class AddressSpace {
  /** Bytes of a page. */
  public static final int PAGE = Page.SIZE;

  /** Protections. */
  public static final int READ = 1;

  public static final int WRITE = 2;
  public static final int EXECUTE = 4;

  /** Behind the last address. */
  public static final long END = 1L << 48;

  private static final int SLOTS = 1024;
  private static final long UNTAGGED = (1L << 56) - 1;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A page as one kind of access may use it; tag -1 is none. */
  private static final class Slot {
    long tag = -1;
    byte[] bytes;
  }

  private static final PageUser NOBODY =
      new PageUser() {
        @Override
        public void forget() {}

        @Override
        public void giveBack(long number, byte[] bytes) {}
      };

  private final Slot[] readable = slots();
  private final Slot[] writable = slots();
  private final Slot[] executable = slots();
  private final PageTable pages;
  private final Mappings mappings = new Mappings();
  private final MemoryLimit limit;
  private final List<CodeListener> codeListeners = new ArrayList<>(1);
  private AccessListener accessListener;
  private PageUser user = NOBODY;
  private boolean touchesWatched;

  /** An empty space whose touched pages count against a limit. */
  public AddressSpace(MemoryLimit limit) {
    this.limit = limit;
    this.pages = new PageTable(limit);
  }

  private static Slot[] slots() {
    Slot[] slots = new Slot[SLOTS];
    Arrays.setAll(slots, i -> new Slot());
    return slots;
  }

  // Loads: zero-extended.

  public long load8(long a) {
    Slot slot = readable[(int) (a >>> 12) & SLOTS - 1];
    return slot.tag == a >>> 12 ? slot.bytes[(int) a & PAGE - 1] & 0xff : slowLoad8(a);
  }

  public long load16(long a) {
    Slot slot = readable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> 12 && at <= PAGE - 2
        ? (short) SHORT.get(slot.bytes, at) & 0xffffL
        : slowLoad(a, 2);
  }

  public long load32(long a) {
    Slot slot = readable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> 12 && at <= PAGE - 4
        ? (int) INT.get(slot.bytes, at) & 0xffffffffL
        : slowLoad(a, 4);
  }

  public long load64(long a) {
    Slot slot = readable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> 12 && at <= PAGE - 8
        ? (long) LONG.get(slot.bytes, at)
        : slowLoad(a, 8);
  }

  private long slowLoad8(long a) {
    if (accessListener != null) {
      accessListener.read(a, 1);
    }
    return readPage(a)[(int) a & PAGE - 1] & 0xff;
  }

  private long slowLoad(long a, int size) {
    if (accessListener != null) {
      accessListener.read(a, size);
    }
    byte[] first = readPage(a);
    int at = (int) a & PAGE - 1;
    byte[] last = at > PAGE - size ? readPage(a + size - 1 & -PAGE) : first;
    long value = 0;
    for (int i = 0; i < size; i++) {
      byte[] bytes = at + i < PAGE ? first : last;
      value |= (bytes[at + i & PAGE - 1] & 0xffL) << 8 * i;
    }
    return value;
  }

  /** The instruction word at an address; needs permission to execute, not to read. */
  public int fetch(long a) {
    Slot slot = executable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> 12 && at <= PAGE - 4 ? (int) INT.get(slot.bytes, at) : slowFetch(a);
  }

  private int slowFetch(long a) {
    int word = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      byte[] bytes = cached(executable, a + i, Access.EXECUTE, EXECUTE);
      word |= (bytes[(int) (a + i) & PAGE - 1] & 0xff) << 8 * i;
    }
    return word;
  }

  // Stores: of the low bits.

  public void store8(long a, long value) {
    Slot slot = writable[(int) (a >>> 12) & SLOTS - 1];
    if (slot.tag == a >>> 12) {
      slot.bytes[(int) a & PAGE - 1] = (byte) value;
    } else {
      slowStore(a, 1, value);
    }
  }

  public void store16(long a, long value) {
    Slot slot = writable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    if (slot.tag == a >>> 12 && at <= PAGE - 2) {
      SHORT.set(slot.bytes, at, (short) value);
    } else {
      slowStore(a, 2, value);
    }
  }

  public void store32(long a, long value) {
    Slot slot = writable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    if (slot.tag == a >>> 12 && at <= PAGE - 4) {
      INT.set(slot.bytes, at, (int) value);
    } else {
      slowStore(a, 4, value);
    }
  }

  public void store64(long a, long value) {
    Slot slot = writable[(int) (a >>> 12) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    if (slot.tag == a >>> 12 && at <= PAGE - 8) {
      LONG.set(slot.bytes, at, value);
    } else {
      slowStore(a, 8, value);
    }
  }

  private void slowStore(long a, int size, long value) {
    if (accessListener != null) {
      accessListener.write(a, size, value & -1L >>> Long.SIZE - 8 * size);
    }
    byte[] first = writePage(a);
    int at = (int) a & PAGE - 1;
    byte[] last = at > PAGE - size ? writePage(a + size - 1 & -PAGE) : first;
    for (int i = 0; i < size; i++) {
      byte[] bytes = at + i < PAGE ? first : last;
      bytes[at + i & PAGE - 1] = (byte) (value >>> 8 * i);
    }
  }

  /**
   * Checks that bytes can be read, for an instruction that reads them in several steps.
   *
   * @param size at most a page
   */
  public void checkRead(long a, int size) {
    readPage(a);
    if ((a ^ a + size - 1) >>> 12 != 0) {
      readPage(a + size - 1 & -PAGE);
    }
  }

  /** Checks that bytes can be written, for an instruction that writes them in several steps. */
  public void checkWrite(long a, int size) {
    writePage(a);
    if ((a ^ a + size - 1) >>> 12 != 0) {
      writePage(a + size - 1 & -PAGE);
    }
  }

  // The slow way to a page.

  private byte[] readPage(long a) {
    return cached(readable, a, Access.READ, READ);
  }

  private byte[] cached(Slot[] slots, long a, Access access, int needed) {
    PageTable.Entry entry = touch(a, access, needed);
    if (accessListener == null || slots == executable) {
      Slot slot = slots[(int) (a >>> 12) & SLOTS - 1];
      slot.bytes = entry.page.bytes;
      slot.tag = a >>> 12;
    }
    return entry.page.bytes;
  }

  private byte[] writePage(long a) {
    PageTable.Entry entry = touch(a, Access.WRITE, WRITE);
    makeOwn(entry, a);
    if (entry.page.isWatched()) {
      entry.page.tellAll();
    }
    if (!entry.page.shared
        && accessListener
            == null) { // others may mark a shared page as code, which must drop it here
      Slot slot = writable[(int) (a >>> 12) & SLOTS - 1];
      slot.bytes = entry.page.bytes;
      slot.tag = a >>> 12;
    }
    return entry.page.bytes;
  }

  /**
   * Sets who is told of each load and store before it is made; null for nobody. Accesses are slower
   * while somebody listens, since none takes the short way.
   */
  public void setAccessListener(AccessListener listener) {
    accessListener = listener;
    for (int i = 0; i < SLOTS; i++) {
      readable[i].tag = -1;
      writable[i].tag = -1;
    }
    user.forget();
    pages.forEach(0, END >>> 12, this::callBack);
  }

  /**
   * The bytes of a page, for its user to read or write directly.
   *
   * @param write whether it will write
   * @return the page's bytes, to be used until the user is told to forget them; null if this page
   *     must be accessed by loads and stores
   * @throws MemoryFault as a load or store would
   */
  public byte[] translate(long a, boolean write) {
    if (accessListener != null) {
      return null;
    }
    byte[] bytes = write ? writePage(a) : readPage(a);
    Slot slot = (write ? writable : readable)[(int) (a >>> 12) & SLOTS - 1];
    return slot.tag == a >>> 12 ? bytes : null;
  }

  /**
   * Lends a page to its user, who keeps the contents in a form of its own. Any other access to the
   * page, or change to its mapping, first calls it back. Only pages that may be read are lent, and
   * none that other spaces could write.
   *
   * @param write whether the user will change it
   * @return the page's contents; null if this page must be accessed by loads and stores
   * @throws MemoryFault as a load or store would
   */
  public byte[] lend(long a, boolean write) {
    if (accessListener != null || a >>> 56 != 0) {
      return null;
    }
    byte[] bytes = write ? writePage(a) : readPage(a);
    PageTable.Entry entry = pages.get(a >>> 12);
    if (entry.page.shared || (entry.protection & READ) == 0) {
      return null;
    }
    forget(a >>> 12);
    entry.lent = true;
    return bytes;
  }

  /** Sets who works on pages directly; the one before gives everything back. Null for nobody. */
  public void setUser(PageUser next) {
    user.forget();
    pages.forEach(0, END >>> 12, this::callBack);
    user = next == null ? NOBODY : next;
  }

  /** Ends the lending of a page, if it is lent. */
  public void callBack(long a) {
    PageTable.Entry entry = pages.get((a & UNTAGGED) >>> 12);
    if (entry != null) {
      callBack(entry, (a & UNTAGGED) >>> 12);
    }
  }

  private void callBack(PageTable.Entry entry, long number) {
    if (entry.lent) {
      entry.lent = false;
      user.giveBack(number, entry.page.bytes);
    }
  }

  /** The entry of an address, made if it is mapped but untouched. */
  private PageTable.Entry touch(long a, Access access, int needed) {
    long address = a & UNTAGGED;
    if (address >= END) {
      throw new MemoryFault(a, access, Reason.UNMAPPED);
    }
    PageTable.Entry entry = pages.get(address >>> 12);
    if (entry == null) {
      entry = firstTouch(a, address, access, needed);
    }
    callBack(entry, address >>> 12);
    if ((entry.protection & needed) == 0) {
      throw new MemoryFault(a, access, Reason.FORBIDDEN);
    }
    if (entry.page.bytes == null) {
      entry.page.arrive(address, access == Access.WRITE);
    }
    return entry;
  }

  /**
   * Makes a page that is mapped, private and untouched a touched one whose bytes come when they are
   * first used.
   *
   * @param index what {@code from} is asked for
   * @return false if the limit forbids it
   */
  public boolean expect(long address, int index, Arrivals from) {
    long number = address >>> 12;
    Mapping mapping = mappings.at(address);
    if (mapping == null || mapping.isShared() || pages.get(number) != null) {
      throw new IllegalArgumentException("no page to expect: 0x" + Long.toHexString(address));
    }
    if (!pages.prepare(number) || !limit.take()) {
      return false;
    }
    Page page = Page.expected(limit, from, index);
    page.references = 1;
    pages.put(number, new PageTable.Entry(page, mapping.protection()));
    return true;
  }

  /** From now on {@link #isWatchedForTouches} says so. */
  public void watchTouches() {
    touchesWatched = true;
  }

  /** Whether somebody wants to know where in the program a page is first used. */
  public boolean isWatchedForTouches() {
    return touchesWatched;
  }

  /** Visits the addresses of a range's touched pages, in order. */
  public void forEachTouched(long start, long size, LongConsumer visitor) {
    checkRange(start, size);
    pages.forEach(
        start >>> 12, start + size >>> 12, (entry, number) -> visitor.accept(number << 12));
  }

  /**
   * The contents of a touched page, which must not be changed; null if it is untouched. Does not
   * count as a use by the guest, but an expected page comes.
   */
  public byte[] contents(long address) {
    PageTable.Entry entry = pages.get(address >>> 12);
    if (entry == null) {
      return null;
    }
    callBack(entry, address >>> 12);
    if (entry.page.bytes == null) {
      entry.page.arrive(address, false);
    }
    return entry.page.bytes;
  }

  private PageTable.Entry firstTouch(long a, long address, Access access, int needed) {
    Mapping mapping = mappings.at(address);
    if (mapping == null) {
      throw new MemoryFault(a, access, Reason.UNMAPPED);
    }
    if ((mapping.protection() & needed) == 0) {
      throw new MemoryFault(a, access, Reason.FORBIDDEN);
    }
    if (!pages.prepare(address >>> 12)) {
      throw new MemoryFault(a, access, Reason.EXHAUSTED);
    }
    long offset = mapping.offset() + (address - mapping.start()) & -PAGE;
    Page page =
        switch (mapping.backing()) {
          case Backing.Anonymous none -> Page.ZERO;
          case Backing.PrivateFile file -> read(file.source, offset, false, a, access);
          case Backing.Shared shared -> {
            Page known = shared.pages.get(offset);
            if (known == null) {
              known = read(shared.source, offset, true, a, access);
              shared.pages.put(offset, known);
              known.references++; // the backing's own
            }
            yield known;
          }
        };
    page.references++;
    PageTable.Entry entry = new PageTable.Entry(page, mapping.protection());
    pages.put(address >>> 12, entry);
    return entry;
  }

  private Page read(Backing.Source source, long offset, boolean shared, long a, Access access) {
    byte[] bytes = new byte[PAGE];
    if (source != null && !source.read(offset, bytes)) {
      throw new MemoryFault(a, access, Reason.BEYOND_FILE);
    }
    if (!limit.take()) {
      throw new MemoryFault(a, access, Reason.EXHAUSTED);
    }
    return new Page(bytes, limit, shared);
  }

  /** Copies a page that others refer to, before it is changed here. */
  private void makeOwn(PageTable.Entry entry, long a) {
    Page page = entry.page;
    if (!page.mustCopy()) {
      return;
    }
    if (!limit.take()) {
      throw new MemoryFault(a, Access.WRITE, Reason.EXHAUSTED);
    }
    Page copy = new Page(page == Page.ZERO ? new byte[PAGE] : page.bytes.clone(), limit, false);
    copy.references = 1;
    long address = a & UNTAGGED & -PAGE;
    page.tell(this, address);
    page.release();
    entry.page = copy;
    forget(address >>> 12);
  }

  private void forget(long number) {
    int index = (int) number & SLOTS - 1;
    readable[index].tag = -1;
    writable[index].tag = -1;
    executable[index].tag = -1;
    user.forget();
  }

  // Code.

  /** Adds one who is told about stale code. */
  public void addCodeListener(CodeListener listener) {
    codeListeners.add(listener);
  }

  /** Takes away one who was added. */
  public void removeCodeListener(CodeListener listener) {
    codeListeners.remove(listener);
  }

  /**
   * Asks for the listeners to be told, once, when the page of an address is written by anyone,
   * unmapped or re-protected.
   *
   * @throws MemoryFault if it cannot be executed
   */
  public void markCode(long pageAddress) {
    PageTable.Entry entry = touch(pageAddress, Access.EXECUTE, EXECUTE);
    if (entry.page == Page.ZERO) {
      makeOwn(entry, pageAddress);
    }
    entry.page.watch(this, pageAddress & UNTAGGED & -PAGE);
    writable[(int) (pageAddress >>> 12) & SLOTS - 1].tag = -1;
    user.forget();
  }

  void codeChanged(long page) {
    codeListeners.forEach(listener -> listener.codeChanged(page));
  }

  // Mapping. Addresses and sizes are whole pages within the space; callers check them.

  /** Maps a range anew; what was there is unmapped. */
  public void map(Mapping mapping) {
    checkRange(mapping.start(), mapping.size());
    unmap(mapping.start(), mapping.size());
    mappings.add(mapping);
    if (mapping.backing() instanceof Backing.Shared shared) {
      shared.users.add(this);
    }
  }

  /** Maps fresh zeroes. */
  public void map(long start, long size, int protection, String name) {
    map(new Mapping(start, start + size, protection, Backing.anonymous(), 0, name));
  }

  /** Unmaps whatever is mapped in a range. */
  public void unmap(long start, long size) {
    checkRange(start, size);
    List<Mapping> gone = mappings.remove(start, start + size);
    if (gone.isEmpty()) {
      return;
    }
    drop(start, size);
    for (Mapping part : gone) {
      if (part.backing() instanceof Backing.Shared shared && !mappings.uses(shared)) {
        shared.leave(this);
      }
    }
  }

  /** Forgets what was written to a range's private pages; they start anew. */
  public void discard(long start, long size) {
    checkRange(start, size);
    drop(start, size);
  }

  private void drop(long start, long size) {
    pages.forEach(
        start >>> 12,
        start + size >>> 12,
        (entry, number) -> {
          callBack(entry, number);
          entry.page.tell(this, number << 12);
          entry.page.release();
          pages.put(number, null);
          forget(number);
        });
  }

  /**
   * Changes the protection of a range.
   *
   * @return false if a part of it is not mapped; what is mapped before that part has changed
   */
  public boolean protect(long start, long size, int protection) {
    checkRange(start, size);
    long reached = start;
    for (Mapping part : mappings.within(start, start + size)) {
      if (part.start() != reached) {
        return false;
      }
      reached = part.end();
      if (part.protection() != protection) {
        mappings.remove(part.start(), part.end());
        mappings.add(part.withProtection(protection));
        protectPages(part, protection);
      }
    }
    return reached == start + size;
  }

  private void protectPages(Mapping part, int protection) {
    pages.forEach(
        part.start() >>> 12,
        part.end() >>> 12,
        (entry, number) -> {
          callBack(entry, number);
          entry.page.tell(this, number << 12);
          entry.protection = protection;
          forget(number);
        });
  }

  /**
   * Moves a wholly mapped range with its contents to a free place.
   *
   * @throws MemoryFault if the limit forbids it; nothing has moved
   */
  public void move(long from, long size, long to) {
    checkRange(from, size);
    checkRange(to, size);
    pages.forEach(
        from >>> 12,
        from + size >>> 12,
        (entry, number) -> prepare(pages, number + (to - from >> 12)));
    for (Mapping part : mappings.remove(from, from + size)) {
      mappings.add(part.moved(to + (part.start() - from)));
    }
    pages.forEach(
        from >>> 12,
        from + size >>> 12,
        (entry, number) -> {
          callBack(entry, number);
          entry.page.tell(this, number << 12);
          pages.put(number, null);
          forget(number);
          pages.put(number + (to - from >> 12), entry);
        });
  }

  private static void prepare(PageTable table, long number) {
    if (!table.prepare(number)) {
      throw new MemoryFault(number << 12, Access.WRITE, Reason.EXHAUSTED);
    }
  }

  private static void checkRange(long start, long size) {
    if (((start | size) & PAGE - 1) != 0
        || size <= 0
        || start < 0
        || size > END
        || start > END - size) {
      throw new IllegalArgumentException(
          "no range of pages: 0x" + Long.toHexString(start) + " + 0x" + Long.toHexString(size));
    }
  }

  /**
   * A copy for a child: private pages are copied when either writes them first.
   *
   * @throws MemoryFault if the limit forbids it
   */
  public AddressSpace fork() {
    AddressSpace child = new AddressSpace(limit);
    try {
      copyTo(child);
    } catch (MemoryFault e) {
      child.clear();
      throw e;
    }
    return child;
  }

  private void copyTo(AddressSpace child) {
    child.touchesWatched = touchesWatched;
    for (Mapping mapping : mappings.all()) {
      child.mappings.add(mapping);
      if (mapping.backing() instanceof Backing.Shared shared) {
        shared.users.add(child);
      }
    }
    pages.forEach(
        0,
        END >>> 12,
        (entry, number) -> {
          callBack(entry, number);
          prepare(child.pages, number);
          entry.page.references++;
          child.pages.put(number, new PageTable.Entry(entry.page, entry.protection));
        });
    for (Slot slot : writable) {
      slot.tag = -1; // the next write copies
    }
    user.forget();
  }

  /** Gives all memory back. Everything is unmapped afterwards. */
  public void clear() {
    unmap(0, END);
    pages.clear();
  }

  // What is mapped.

  /** All mappings, by address. */
  public List<Mapping> mappings() {
    return mappings.all();
  }

  /** How many mappings there are. */
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

  /** Bytes mapped, touched or not. */
  public long mappedBytes() {
    return mappings.bytes();
  }

  /** Bytes in touched pages. */
  public long touchedBytes() {
    long[] count = new long[1];
    pages.forEach(0, END >>> 12, (entry, number) -> count[0]++);
    return count[0] * PAGE;
  }

  /** The limit that touched pages count against. */
  public MemoryLimit limit() {
    return limit;
  }

  /** The start of the highest free range of a size between two addresses, or -1. */
  public long highestGap(long size, long floor, long ceiling) {
    return mappings.highestGap(size, floor, ceiling);
  }

  // Bulk.

  /**
   * Reads bytes as the guest would.
   *
   * @throws MemoryFault at the first byte that cannot be read; the array may be partly filled
   */
  public void read(long a, byte[] to, int offset, int length) {
    int done = 0;
    while (done < length) {
      byte[] page = readPage(a + done);
      int at = (int) (a + done) & PAGE - 1;
      int part = Math.min(length - done, PAGE - at);
      System.arraycopy(page, at, to, offset + done, part);
      done += part;
    }
  }

  /** Reads bytes as the guest would; at most 2^31 - 1. */
  public byte[] read(long a, int length) {
    byte[] bytes = new byte[length];
    read(a, bytes, 0, length);
    return bytes;
  }

  /**
   * Writes bytes as the guest would.
   *
   * @throws MemoryFault at the first byte that cannot be written; earlier pages are written
   */
  public void write(long a, byte[] from, int offset, int length) {
    int done = 0;
    while (done < length) {
      byte[] page = writePage(a + done);
      int at = (int) (a + done) & PAGE - 1;
      int part = Math.min(length - done, PAGE - at);
      System.arraycopy(from, offset + done, page, at, part);
      done += part;
    }
  }

  /** Writes bytes as the guest would. */
  public void write(long a, byte[] from) {
    write(a, from, 0, from.length);
  }

  /** How many of {@code length} bytes from an address on are mapped with this protection. */
  public long accessible(long a, long length, int protection) {
    long address = a & UNTAGGED;
    long end = address;
    while (end - address < length && end < END) {
      Mapping mapping = mappings.at(end);
      if (mapping == null || (mapping.protection() & protection) != protection) {
        break;
      }
      end = mapping.end();
    }
    return Math.min(end - address, length);
  }
}
