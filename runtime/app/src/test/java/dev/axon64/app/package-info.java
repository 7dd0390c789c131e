/** Tests of the command line. */
package dev.axon64.app;
