package dev.axon64.runtime.snapshot;
