/** The walk along paths, and that it never leads out. */
package dev.axon64.runtime.linux.fs;
