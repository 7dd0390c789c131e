/** The walk along paths, and that it never leads out. */
package dev.axon64.linux.fs;
