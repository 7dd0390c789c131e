/** Tests of the Maven plugin. */
package dev.axon64.maven;
