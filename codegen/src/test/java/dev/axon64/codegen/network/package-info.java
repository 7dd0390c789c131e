/** Tests of the network: reference, exactness, lowering. */
package dev.axon64.codegen.network;
