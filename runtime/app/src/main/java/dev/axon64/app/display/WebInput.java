package dev.axon64.app.display;

import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Input;
import dev.axon64.linux.display.Keys;

/**
 * What a page sends, line by line: {@code key CODE 1} and {@code key CODE 0} for a key by its name
 * in web pages, {@code button NUMBER 1} and so on, {@code move X Y}, {@code close}.
 */
final class WebInput {
  private WebInput() {}

  /** Gives it all to a display; lines that mean nothing are left out. */
  static void send(String lines, Display display) {
    lines.lines().forEach(line -> send(line.split(" "), display));
  }

  private static void send(String[] words, Display display) {
    int last = words.length == 3 ? number(words[2]) : 0;
    switch (words[0] + " " + words.length) {
      case "key 3" ->
          Keys.code(words[1]).ifPresent(code -> display.send(new Input.Key(code, last != 0)));
      case "button 3" -> display.send(new Input.Button(number(words[1]), last != 0));
      case "move 3" -> display.send(new Input.Motion(number(words[1]), last));
      case "close 1" -> display.send(new Input.Close());
      default -> {}
    }
  }

  private static int number(String text) {
    return text.matches("-?\\d{1,6}") ? Integer.parseInt(text) : 0;
  }
}
