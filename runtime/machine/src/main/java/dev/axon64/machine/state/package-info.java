/** What one hardware thread of the guest holds, and how generated code stops it. */
package dev.axon64.machine.state;
