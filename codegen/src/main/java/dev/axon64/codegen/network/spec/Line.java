package dev.axon64.codegen.network.spec;

import dev.axon64.codegen.support.InputException;
import java.util.List;

/** A statement of spec text: its place, its keyword and the words after it. */
record Line(String where, int number, String text) {

  String place() {
    return where + ":" + number;
  }

  InputException error(String what) {
    return new InputException(place(), what);
  }

  String keyword() {
    return words().get(0);
  }

  List<String> words() {
    return List.of(text.split("\\s+"));
  }

  /** What follows the keyword. */
  String rest() {
    return text.substring(keyword().length()).strip();
  }

  String only(String form) {
    return arguments(form, 1).get(0);
  }

  List<String> arguments(String form, int count) {
    List<String> words = words();
    if (words.size() != count + 1) {
      throw error("expected '" + form + "'");
    }
    return words.subList(1, words.size());
  }

  String name(String word) {
    if (!word.matches("[A-Za-z_][A-Za-z0-9_-]{0,63}")) {
      throw error(
          "'" + word + "' is no name; letters, digits, - and _, at most 64, a letter first");
    }
    return word;
  }

  int number(String word, String what, int least, int most) {
    try {
      int value = Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every number that does not fit.
    }
    throw error(what + " is '" + word + "'; a whole number from " + least + " to " + most);
  }

  float real(String word, String what) {
    try {
      float value = Float.parseFloat(word);
      if (Float.isFinite(value) && word.matches("[-+0-9.eE]+")) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every number that does not fit.
    }
    throw error(what + " is '" + word + "'; a finite decimal number such as 255 or -1e6");
  }
}
