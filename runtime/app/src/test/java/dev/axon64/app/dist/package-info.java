/** Tests of what others build with: the generator in a project outside this one. */
package dev.axon64.app.dist;
