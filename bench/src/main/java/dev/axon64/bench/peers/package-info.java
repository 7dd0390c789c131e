/**
 * What the generated code is measured against in Java: the network as a plain scalar loop, and two
 * decoders without any network, one of nested switches and one of tables.
 */
package dev.axon64.bench.peers;
