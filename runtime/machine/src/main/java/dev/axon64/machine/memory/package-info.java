/**
 * The guest's memory: sparse, paged, with permissions, precise faults and copy-on-write. One host
 * thread uses an address space and all that share pages with it.
 *
 * <p>A load, store or fetch begins in {@link dev.axon64.machine.memory.GuestAccess}, which finds
 * most pages in the {@code PageCache}. Whatever it does not find there is done by {@code
 * UncachedAccess}, which gets the bytes from {@code PageAccess}, and that from {@code Paging}:
 * there an address is translated, and there a page's {@link dev.axon64.machine.memory.Backing}
 * makes it when it is first touched. {@link dev.axon64.machine.memory.AddressSpace} puts them
 * together, and adds what those who run the guest need: {@code MappingChanges} maps and unmaps,
 * {@code PageLoans} lends pages, {@code CodeWatch} tells when decoded code becomes stale. {@code
 * TouchedPages} keeps all of them consistent when a page changes.
 *
 * <p>A {@code PageStore} decides where the bytes of pages lie: in an array for each page, or, in a
 * flat space, outside the heap where the address says. There translated code reaches them by one
 * comparison with a {@link dev.axon64.machine.memory.MemoryRange} and one addition; {@code
 * PageCache}, which knows what may be accessed at once, keeps the ranges true.
 */
package dev.axon64.machine.memory;
