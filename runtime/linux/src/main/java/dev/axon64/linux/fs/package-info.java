/**
 * The guest's files: a tree of nodes (folders of the host below one root, files in memory,
 * devices), the walk along a path in it, and what an open file can do. A path of the guest never
 * becomes a path of the host as a whole: it is walked name by name, links included.
 */
package dev.axon64.linux.fs;
