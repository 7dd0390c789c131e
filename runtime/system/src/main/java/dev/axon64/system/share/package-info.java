/** Folders of the host that a guest mounts: the protocol of FUSE behind a virtio device. */
package dev.axon64.system.share;
