package dev.axon64.codegen.network.graph;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;

/** A statement of graph text, whose words are taken one after another. */
final class GraphLine {
  private static final int MOST_NAME = 64;

  private final String place;
  private final List<String> words;
  private String form = "";
  private int next;

  GraphLine(String where, int number, String text) {
    this.place = where + ":" + number;
    this.words = List.of(text.split("\\s+"));
  }

  InputException error(String what) {
    return new InputException(place, what);
  }

  /** Sets what the statement should look like, for messages to quote. */
  void form(String expected) {
    form = expected;
  }

  boolean ended() {
    return next == words.size();
  }

  /** Whether the word after the next one is this. */
  boolean second(String word) {
    return words.size() > next + 1 && words.get(next + 1).equals(word);
  }

  String word() {
    if (ended()) {
      throw error("ends early; expected '" + form + "'");
    }
    return words.get(next++);
  }

  /** Takes the word if it comes next. */
  boolean optional(String word) {
    boolean here = !ended() && words.get(next).equals(word);
    next += here ? 1 : 0;
    return here;
  }

  void require(String word) {
    if (!optional(word)) {
      String found = ended() ? "the end" : "'" + words.get(next) + "'";
      throw error("'" + word + "' should stand where " + found + " is; expected '" + form + "'");
    }
  }

  void end() {
    if (!ended()) {
      throw error("'" + words.get(next) + "' is too much; expected '" + form + "'");
    }
  }

  String name() {
    return matching("[A-Za-z_][A-Za-z0-9_-]*", "no name; letters, digits, - and _, a letter first");
  }

  String path() {
    return matching("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*", "no tensor path such as encoder.0");
  }

  private String matching(String pattern, String otherwise) {
    String word = word();
    if (word.length() > MOST_NAME || !word.matches(pattern)) {
      throw error("'" + word + "' is " + otherwise + "; at most " + MOST_NAME + " characters");
    }
    return word;
  }

  int number(String what, int least, int most) {
    String word = word();
    if (word.matches("[0-9]{1,6}")) {
      int value = Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw error(what + " is '" + word + "'; a whole number from " + least + " to " + most);
  }

  List<String> names() {
    List<String> all = new ArrayList<>();
    do {
      all.add(name());
    } while (!ended());
    return all;
  }
}
