/**
 * Snapshots: a guest is written to a file, and restored with pages that come when it uses them.
 *
 * <p>The layout of the file, little-endian:
 *
 * <pre>
 * 8 bytes  "AXON64SN"
 * int      version, 2
 * int      0
 *          pages: each deflated, or as it is where that is 4096 bytes long
 *          state: JSON as {@link dev.axon64.linux.snapshot.GuestImage} has it, deflated
 *          index: for each page long number, short bytes in the file, int CRC-32C of its contents;
 *          deflated
 * long     where the state begins
 * int      bytes of the state in the file, int of its JSON
 * int      bytes of the index in the file, int pages
 * int      CRC-32C of state and index in the file
 * int      CRC-32C of the first 16 bytes and of what follows the index
 * </pre>
 *
 * <p>A page's number is its address in the guest divided by 4096, or -1 if it has none; numbers
 * ascend. A page that is zero and whose memory begins as zeroes is left out. Files that are mapped
 * are in the snapshot as far as they are mapped; open files are opened again by their paths.
 */
package dev.axon64.linux.snapshot;
