/** Tests of device trees. */
package dev.axon64.system.tree;
