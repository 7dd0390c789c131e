/**
 * A network behind the machine's network device: the guest's packets become traffic of sockets of
 * the host, as a router with address translation does it.
 */
package dev.axon64.system.net;
