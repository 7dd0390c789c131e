/**
 * Snapshots of a guest in a file, and how its pages come back one by one.
 *
 * <p>The file, little-endian:
 *
 * <pre>
 * 8 bytes  "AXON64SN"
 * int      version, 2
 * int      0
 *          pages: each deflated, or as it is where that is 4096 bytes long
 *          state: JSON as {@link dev.axon64.linux.snapshot.GuestImage} has it, deflated
 *          index: of each page long number, short bytes in the file, int CRC-32C of its contents;
 *          deflated
 * long     where the state begins
 * int      bytes of the state in the file, int of its JSON
 * int      bytes of the index in the file, int pages
 * int      CRC-32C of state and index in the file
 * int      CRC-32C of the first 16 bytes and of these from the long on
 * </pre>
 *
 * <p>A page's number is its address in the guest by 4096, or -1 if it has none; the numbers ascend.
 * A page that is all zeroes where memory begins with zeroes is not there. What is mapped from files
 * is there as far as it is mapped; open files are not: they are opened again by their paths.
 */
package dev.axon64.linux.snapshot;
