/**
 * The guest's files: a tree of nodes (a folder of the host, files in memory, devices), the walk
 * along a path in it, and open files. A path of the guest never becomes a path of the host as a
 * whole: it is walked name by name, links included.
 */
package dev.axon64.linux.fs;
