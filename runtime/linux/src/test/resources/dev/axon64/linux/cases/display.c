/* Talks with the display itself, without a library: opens a window, puts an image into it, and tells what
   it gets to know, until it is asked to close. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { WIDTH = 64, HEIGHT = 48 };

static int server;

static void put(const void *bytes, size_t count) {
  const char *at = bytes;
  while (count > 0) {
    ssize_t done = write(server, at, count);
    if (done <= 0) {
      puts("write failed");
      exit(1);
    }
    at += done;
    count -= done;
  }
}

static void get(void *bytes, size_t count) {
  char *at = bytes;
  while (count > 0) {
    ssize_t done = read(server, at, count);
    if (done <= 0) {
      puts("read failed");
      exit(1);
    }
    at += done;
    count -= done;
  }
}

/* A message of 32 bytes; what follows a reply goes to more. */
static uint8_t message[32];
static uint8_t more[1 << 16];

static int next(void) {
  get(message, 32);
  uint32_t length;
  memcpy(&length, message + 4, 4);
  if (message[0] == 1) {
    get(more, length * 4);
  }
  return message[0] & 0x7f;
}

static uint32_t atom(const char *name) {
  uint32_t length = strlen(name);
  uint32_t words = 2 + (length + 3) / 4;
  uint8_t request[64] = {16, 0, words, 0, length};
  memcpy(request + 8, name, length);
  put(request, words * 4);
  while (next() != 1) {
  }
  uint32_t number;
  memcpy(&number, message + 8, 4);
  return number;
}

static void reach(int abstract) {
  struct sockaddr_un address = {AF_UNIX};
  const char *path = "/tmp/.X11-unix/X0";
  strcpy(address.sun_path + abstract, path);
  socklen_t length = sizeof(sa_family_t) + strlen(path) + 1;
  server = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(server, (void *) &address, length) != 0) {
    perror("connect");
    exit(1);
  }
}

int main(int count, char **arguments) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("DISPLAY=%s\n", getenv("DISPLAY"));
  reach(count > 1);
  uint8_t hello[12] = {'l', 0, 11};
  put(hello, 12);
  uint8_t head[8];
  get(head, 8);
  uint16_t words;
  memcpy(&words, head + 6, 2);
  get(more, words * 4);
  printf("setup %d, version %d\n", head[0], head[2]);
  uint32_t base;
  memcpy(&base, more + 4, 4);

  uint32_t window = base | 1, context = base | 2;
  uint32_t create[] = {
    1 | 10 << 16, window, 1, 10 | 20 << 16, WIDTH | HEIGHT << 16, 0 | 1 << 16, 0,
    2 | 0x800, 0x102030, 1 | 2 | 4 | 8 | 0x40 | 0x8000 | 0x20000 | 0x200000,
  };
  put(create, sizeof create);
  uint32_t make[] = {55 | 4 << 16, context, window, 0};
  put(make, sizeof make);
  uint32_t protocols = atom("WM_PROTOCOLS"), closes = atom("WM_DELETE_WINDOW");
  uint32_t property[] = {18 | 7 << 16, window, protocols, 4, 32, 1, closes};
  put(property, sizeof property);
  uint32_t map[] = {8 | 2 << 16, window};
  put(map, sizeof map);
  while (next() != 12) {
    printf("event %d\n", message[0]);
  }
  puts("exposed");

  static uint32_t image[6 + WIDTH * HEIGHT / 2];
  image[0] = 72 | 2 << 8 | (6 + WIDTH * HEIGHT / 2) << 16;
  image[1] = window;
  image[2] = context;
  image[3] = WIDTH | HEIGHT / 2 << 16;
  image[4] = 0 | HEIGHT / 2 << 16;
  image[5] = 24 << 8;
  for (int i = 0; i < WIDTH * HEIGHT / 2; i++) {
    image[6 + i] = (i % WIDTH * 4) << 16 | (i / WIDTH * 8) << 8 | 0x80;
  }
  put(image, sizeof image);
  uint32_t wrong[] = {200 | 1 << 16};
  put(wrong, sizeof wrong);
  while (next() != 0) {
    printf("event %d\n", message[0]);
  }
  printf("error %d\n", message[1]);

  for (;;) {
    int kind = next();
    uint16_t x, y, state;
    memcpy(&x, message + 24, 2);
    memcpy(&y, message + 26, 2);
    memcpy(&state, message + 28, 2);
    switch (kind) {
      case 2: printf("key %d down, state %d\n", message[1], state); break;
      case 3: printf("key %d up, state %d\n", message[1], state); break;
      case 4: printf("button %d down at %d,%d\n", message[1], x, y); break;
      case 5: printf("button %d up at %d,%d, state %d\n", message[1], x, y, state); break;
      case 6: printf("moved to %d,%d\n", x, y); break;
      case 33: puts("closes"); return 0;
      default: printf("event %d\n", kind);
    }
  }
}
