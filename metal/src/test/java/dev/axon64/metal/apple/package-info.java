/** The Metal host against a stand-in of Apple's libraries. */
package dev.axon64.metal.apple;
