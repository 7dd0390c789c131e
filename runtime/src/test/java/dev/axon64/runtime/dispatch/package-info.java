package dev.axon64.runtime.dispatch;
