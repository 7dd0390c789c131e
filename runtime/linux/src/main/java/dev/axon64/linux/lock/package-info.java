/**
 * Locks of files: those of open files (flock), of processes and of open files on ranges (fcntl).
 * {@link dev.axon64.linux.lock.FileLocks} has those of one file, and asks the host too where the
 * file is the host's.
 */
package dev.axon64.linux.lock;
