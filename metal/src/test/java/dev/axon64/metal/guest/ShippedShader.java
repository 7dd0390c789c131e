package dev.axon64.metal.guest;

import dev.axon64.codegen.network.Models;

/** The shipped model's shader, generated and compiled once for all tests that run it. */
final class ShippedShader {
  private static final GuestShader A64 = GuestShader.compile(Models.shipped("a64"));

  private ShippedShader() {}

  static GuestShader a64() {
    return A64;
  }
}
