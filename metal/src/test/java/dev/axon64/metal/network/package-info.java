/** Companion networks: generated Java, the shader on this executor and as C++ agree. */
package dev.axon64.metal.network;
