package dev.axon64.app.display;

import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.Input;
import dev.axon64.linux.display.Keys;
import java.awt.event.KeyEvent;
import java.awt.event.KeyListener;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.util.Map;

/** Gives a display what is typed and pointed at in a window. */
final class WindowInput extends MouseAdapter implements KeyListener {
  private static final int WHEEL_UP = 4;
  private static final int WHEEL_DOWN = 5;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(KeyEvent.VK_ESCAPE, "Escape"),
          Map.entry(KeyEvent.VK_ENTER, "Enter"),
          Map.entry(KeyEvent.VK_SPACE, "Space"),
          Map.entry(KeyEvent.VK_TAB, "Tab"),
          Map.entry(KeyEvent.VK_BACK_SPACE, "Backspace"),
          Map.entry(KeyEvent.VK_LEFT, "ArrowLeft"),
          Map.entry(KeyEvent.VK_RIGHT, "ArrowRight"),
          Map.entry(KeyEvent.VK_UP, "ArrowUp"),
          Map.entry(KeyEvent.VK_DOWN, "ArrowDown"),
          Map.entry(KeyEvent.VK_HOME, "Home"),
          Map.entry(KeyEvent.VK_END, "End"),
          Map.entry(KeyEvent.VK_PAGE_UP, "PageUp"),
          Map.entry(KeyEvent.VK_PAGE_DOWN, "PageDown"),
          Map.entry(KeyEvent.VK_INSERT, "Insert"),
          Map.entry(KeyEvent.VK_DELETE, "Delete"),
          Map.entry(KeyEvent.VK_CAPS_LOCK, "CapsLock"),
          Map.entry(KeyEvent.VK_NUM_LOCK, "NumLock"),
          Map.entry(KeyEvent.VK_PAUSE, "Pause"),
          Map.entry(KeyEvent.VK_ALT_GRAPH, "AltRight"),
          Map.entry(KeyEvent.VK_MINUS, "Minus"),
          Map.entry(KeyEvent.VK_EQUALS, "Equal"),
          Map.entry(KeyEvent.VK_OPEN_BRACKET, "BracketLeft"),
          Map.entry(KeyEvent.VK_CLOSE_BRACKET, "BracketRight"),
          Map.entry(KeyEvent.VK_SEMICOLON, "Semicolon"),
          Map.entry(KeyEvent.VK_QUOTE, "Quote"),
          Map.entry(KeyEvent.VK_BACK_QUOTE, "Backquote"),
          Map.entry(KeyEvent.VK_BACK_SLASH, "Backslash"),
          Map.entry(KeyEvent.VK_COMMA, "Comma"),
          Map.entry(KeyEvent.VK_PERIOD, "Period"),
          Map.entry(KeyEvent.VK_SLASH, "Slash"),
          Map.entry(KeyEvent.VK_ADD, "NumpadAdd"),
          Map.entry(KeyEvent.VK_SUBTRACT, "NumpadSubtract"),
          Map.entry(KeyEvent.VK_MULTIPLY, "NumpadMultiply"),
          Map.entry(KeyEvent.VK_DIVIDE, "NumpadDivide"),
          Map.entry(KeyEvent.VK_DECIMAL, "NumpadDecimal"));

  private final Display display;

  WindowInput(Display display) {
    this.display = display;
  }

  /** The name that web pages have for a key. */
  static String name(int key, boolean right) {
    if (key >= KeyEvent.VK_A && key <= KeyEvent.VK_Z) {
      return "Key" + (char) key;
    }
    if (key >= KeyEvent.VK_0 && key <= KeyEvent.VK_9) {
      return "Digit" + (char) key;
    }
    if (key >= KeyEvent.VK_F1 && key <= KeyEvent.VK_F12) {
      return "F" + (key - KeyEvent.VK_F1 + 1);
    }
    if (key >= KeyEvent.VK_NUMPAD0 && key <= KeyEvent.VK_NUMPAD9) {
      return "Numpad" + (key - KeyEvent.VK_NUMPAD0);
    }
    String side = right ? "Right" : "Left";
    return switch (key) {
      case KeyEvent.VK_SHIFT -> "Shift" + side;
      case KeyEvent.VK_CONTROL -> "Control" + side;
      case KeyEvent.VK_ALT -> "Alt" + side;
      case KeyEvent.VK_META -> "Meta" + side;
      default -> NAMES.getOrDefault(key, "");
    };
  }

  private void key(KeyEvent event, boolean down) {
    boolean right = event.getKeyLocation() == KeyEvent.KEY_LOCATION_RIGHT;
    Keys.code(name(event.getKeyCode(), right))
        .ifPresent(code -> display.send(new Input.Key(code, down)));
  }

  @Override
  public void keyPressed(KeyEvent event) {
    key(event, true);
  }

  @Override
  public void keyReleased(KeyEvent event) {
    key(event, false);
  }

  @Override
  public void keyTyped(KeyEvent event) {}

  private void move(MouseEvent event) {
    display.send(new Input.Motion(event.getX(), event.getY()));
  }

  @Override
  public void mouseMoved(MouseEvent event) {
    move(event);
  }

  @Override
  public void mouseDragged(MouseEvent event) {
    move(event);
  }

  @Override
  public void mousePressed(MouseEvent event) {
    move(event);
    display.send(new Input.Button(event.getButton(), true));
  }

  @Override
  public void mouseReleased(MouseEvent event) {
    display.send(new Input.Button(event.getButton(), false));
  }

  @Override
  public void mouseWheelMoved(MouseWheelEvent event) {
    int number = event.getWheelRotation() < 0 ? WHEEL_UP : WHEEL_DOWN;
    display.send(new Input.Button(number, true));
    display.send(new Input.Button(number, false));
  }
}
