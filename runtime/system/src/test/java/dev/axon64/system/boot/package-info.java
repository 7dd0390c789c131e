/** Tests of what is put into memory. */
package dev.axon64.system.boot;
