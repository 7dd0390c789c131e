/** Flattened device trees, which tell an operating system what there is. */
package dev.axon64.system.tree;
