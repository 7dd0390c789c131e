/**
 * Companion networks as graphs of layers: the immutable model with shapes checked, the text format
 * it is read from, and its parameters under PyTorch's names and in PyTorch's layouts.
 */
package dev.axon64.codegen.network.graph;
