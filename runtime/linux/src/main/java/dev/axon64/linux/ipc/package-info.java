/** Shared memory, semaphores and message queues of System V (sysvipc(7)). */
package dev.axon64.linux.ipc;
