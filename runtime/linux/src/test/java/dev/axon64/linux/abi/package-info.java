/** Numbers and layouts beside the headers that define them. */
package dev.axon64.linux.abi;
