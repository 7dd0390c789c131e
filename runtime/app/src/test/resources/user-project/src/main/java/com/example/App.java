package com.example;

import com.example.dispatch.A64Dispatcher;

/** Prints the kernel of an instruction word, in hexadecimal, by the generated dispatcher. */
public final class App {
  private App() {}

  public static void main(String[] arguments) {
    int word = Integer.parseUnsignedInt(arguments[0], 16);
    System.out.println(new A64Dispatcher().kernel(word, 0));
  }
}
