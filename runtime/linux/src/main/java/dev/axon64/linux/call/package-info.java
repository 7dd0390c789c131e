/**
 * The system calls, by subject. A call gets its thread and six arguments, which may be anything; it
 * returns a result, throws a SysError, or parks the thread.
 */
package dev.axon64.linux.call;
