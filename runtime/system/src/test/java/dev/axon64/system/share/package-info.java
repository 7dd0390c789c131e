/** Tests of shared folders. */
package dev.axon64.system.share;
