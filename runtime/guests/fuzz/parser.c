/* A parser of settings, "@name=value;name=value;", with a planted bug: a value may be longer than
   the room for it if it is quoted. The worked example of docs/fuzzing.md looks for it. */

typedef unsigned char byte;

struct setting {
  char name[8];
  char value[16];
  void (*changed)(void);
};

static void nothing(void) {}

static int is_name(byte c) { return c >= 'a' && c <= 'z'; }

/* Returns the number of settings, or -1 if the text is none. */
int parse(const byte *text, long size) {
  struct setting setting = {{0}, {0}, nothing};
  long at = 1;
  int count = 0;
  if (size < 1 || text[0] != '@') {
    return -1;
  }
  while (at < size) {
    int name = 0, value = 0;
    while (at < size && is_name(text[at]) && name < 8) {
      setting.name[name++] = text[at++];
    }
    if (name == 0 || at >= size || text[at++] != '=') {
      return -1;
    }
    if (at < size && text[at] == '"') {
      at++;
      while (at < size && text[at] != '"') {
        ((volatile char *)setting.value)[value++] = text[at++]; /* the bug: no limit */
      }
      at++;
    } else {
      while (at < size && text[at] != ';' && value < 16) {
        setting.value[value++] = text[at++];
      }
    }
    if (at < size && text[at++] != ';') {
      return -1;
    }
    setting.changed();
    count++;
  }
  return count;
}
