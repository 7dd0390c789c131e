/**
 * Open files that stand for events: counters, timers, signals, processes, and epoll, which waits
 * for many of them.
 */
package dev.axon64.linux.event;
