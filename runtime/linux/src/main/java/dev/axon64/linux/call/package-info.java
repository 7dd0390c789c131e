/**
 * The system calls by subject. {@code Syscalls} makes them. The handler of a call gets the thread
 * and the arguments, which may be anything; it returns a result, throws a SysError, or parks the
 * thread.
 */
package dev.axon64.linux.call;
