/** Tests of what a guest gets of the host. */
package dev.axon64.app.guest;
