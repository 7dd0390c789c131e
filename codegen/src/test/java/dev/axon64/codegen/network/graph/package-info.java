/** Tests of the graph text, its shapes and its weights. */
package dev.axon64.codegen.network.graph;
