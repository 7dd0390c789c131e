package dev.axon64.machine.dispatch;
