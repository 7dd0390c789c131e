/** Tests of the locks of files. */
package dev.axon64.linux.lock;
