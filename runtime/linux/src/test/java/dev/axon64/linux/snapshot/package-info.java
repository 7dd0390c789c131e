package dev.axon64.linux.snapshot;
