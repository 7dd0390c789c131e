/** Devices behind Metal, called through the Objective-C runtime without native code of ours. */
package dev.axon64.metal.apple;
