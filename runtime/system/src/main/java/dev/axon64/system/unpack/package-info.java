/** Unpacks what others packed. */
package dev.axon64.system.unpack;
