package dev.axon64.linux.display;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names with numbers. The first 68 are given by the protocol. */
final class Atoms {
  private static final int MOST = 1 << 16;
  private static final String GIVEN =
      "PRIMARY SECONDARY ARC ATOM BITMAP CARDINAL COLORMAP CURSOR CUT_BUFFER0 CUT_BUFFER1"
          + " CUT_BUFFER2 CUT_BUFFER3 CUT_BUFFER4 CUT_BUFFER5 CUT_BUFFER6 CUT_BUFFER7 DRAWABLE FONT"
          + " INTEGER PIXMAP POINT RECTANGLE RESOURCE_MANAGER RGB_COLOR_MAP RGB_BEST_MAP"
          + " RGB_BLUE_MAP RGB_DEFAULT_MAP RGB_GRAY_MAP RGB_GREEN_MAP RGB_RED_MAP STRING VISUALID"
          + " WINDOW WM_COMMAND WM_HINTS WM_CLIENT_MACHINE WM_ICON_NAME WM_ICON_SIZE WM_NAME"
          + " WM_NORMAL_HINTS WM_SIZE_HINTS WM_ZOOM_HINTS MIN_SPACE NORM_SPACE MAX_SPACE END_SPACE"
          + " SUPERSCRIPT_X SUPERSCRIPT_Y SUBSCRIPT_X SUBSCRIPT_Y UNDERLINE_POSITION"
          + " UNDERLINE_THICKNESS STRIKEOUT_ASCENT STRIKEOUT_DESCENT ITALIC_ANGLE X_HEIGHT"
          + " QUAD_WIDTH WEIGHT POINT_SIZE RESOLUTION COPYRIGHT NOTICE FONT_NAME FAMILY_NAME"
          + " FULL_NAME CAP_HEIGHT WM_CLASS WM_TRANSIENT_FOR";

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Atoms() {
    for (String name : GIVEN.split(" ")) {
      intern(name);
    }
  }

  /** The number of a name, which is made if there is none. */
  int intern(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= MOST) {
      throw new XError(XError.ALLOC, 0);
    }
    names.add(name);
    numbers.put(name, names.size());
    return names.size();
  }

  /** The number of a name; 0 for none. */
  int find(String name) {
    return numbers.getOrDefault(name, 0);
  }

  String name(int atom) {
    check(atom);
    return names.get(atom - 1);
  }

  /** Fails unless it is the number of a name. */
  void check(int atom) {
    if (atom < 1 || atom > names.size()) {
      throw new XError(XError.ATOM, atom);
    }
  }
}
