/**
 * Sockets: those of the machine itself (unix(7)), the Internet's within the machine or through the
 * host, and what tells about interfaces. A socket never waits; calls do.
 */
package dev.axon64.linux.net;
