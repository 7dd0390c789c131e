/** Tests of what is written when Axon64 is built. */
package dev.axon64.app.build;
