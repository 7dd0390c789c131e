/** Small C programs that must print here what they print on the host's kernel. */
package dev.axon64.linux.cases;
