/** Tests of the user network. */
package dev.axon64.system.net;
