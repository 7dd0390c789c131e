/** The Maven plugin. */
package dev.axon64.maven;
