/** The numbers of the user interface, compared with the headers that define them. */
package dev.axon64.linux.abi;
