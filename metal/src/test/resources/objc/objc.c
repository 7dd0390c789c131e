// An Objective-C runtime with the classes and methods of Metal that a host needs, and no more. What
// each method is of is written here from Apple's headers, independently of the host. Kernels come
// from a library that a compiler of the caller's makes of a shader.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint64_t w, h, d; } Size;
typedef struct { const char* name; const char* types; } Method;
typedef struct { const char* name; const Method* methods; } Class;
typedef struct Object {
  const Class* isa;
  int retained;
  char* text;            // strings, errors, functions' names
  void* memory;          // buffers
  uint64_t length;
  void* library;         // libraries, functions, pipelines
  struct Object* part;   // an encoder's pipeline and command buffer's error
  void* bound[31];       // an encoder's buffers
} Object;

#define BOTH {"retain", "@16@0:8"}, {"release", "Vv16@0:8"}
static const Method STRING[] = {BOTH, {"stringWithUTF8String:", "@24@0:8r*16"}, {"UTF8String", "r*16@0:8"}, {0, 0}};
static const Method ERROR[] = {BOTH, {"localizedDescription", "@16@0:8"}, {0, 0}};
static const Method ARRAY[] = {BOTH, {"count", "Q16@0:8"}, {"objectAtIndex:", "@24@0:8Q16"}, {0, 0}};
static const Method OPTIONS[] = {BOTH, {"new", "@16@0:8"}, {"setMathMode:", "v24@0:8q16"}, {0, 0}};
static const Method DEVICE[] = {BOTH, {"name", "@16@0:8"}, {"recommendedMaxWorkingSetSize", "Q16@0:8"},
  {"maxBufferLength", "Q16@0:8"}, {"newCommandQueue", "@16@0:8"},
  {"newLibraryWithSource:options:error:", "@40@0:8@16@24^@32"},
  {"newComputePipelineStateWithFunction:error:", "@32@0:8@16^@24"},
  {"newBufferWithLength:options:", "@32@0:8Q16Q24"}, {0, 0}};
static const Method LIBRARY[] = {BOTH, {"newFunctionWithName:", "@24@0:8@16"}, {0, 0}};
static const Method FUNCTION[] = {BOTH, {0, 0}};
static const Method PIPELINE[] = {BOTH, {"maxTotalThreadsPerThreadgroup", "Q16@0:8"}, {0, 0}};
static const Method QUEUE[] = {BOTH, {"commandBuffer", "@16@0:8"}, {0, 0}};
static const Method COMMANDS[] = {BOTH, {"computeCommandEncoder", "@16@0:8"}, {"commit", "v16@0:8"},
  {"waitUntilCompleted", "v16@0:8"}, {"error", "@16@0:8"}, {0, 0}};
static const Method ENCODER[] = {BOTH, {"setComputePipelineState:", "v24@0:8@16"},
  {"setBuffer:offset:atIndex:", "v40@0:8@16Q24Q32"},
  {"dispatchThreadgroups:threadsPerThreadgroup:", "v64@0:8{?=QQQ}16{?=QQQ}40"}, {"endEncoding", "v16@0:8"}, {0, 0}};
static const Method BUFFER[] = {BOTH, {"contents", "^v16@0:8"}, {0, 0}};
static const Class NSString = {"NSString", STRING}, NSError = {"NSError", ERROR}, NSArray = {"NSArray", ARRAY},
  MTLCompileOptions = {"MTLCompileOptions", OPTIONS}, Device = {"Device", DEVICE}, Library = {"Library", LIBRARY},
  Function = {"Function", FUNCTION}, Pipeline = {"Pipeline", PIPELINE}, Queue = {"Queue", QUEUE},
  Commands = {"Commands", COMMANDS}, Encoder = {"Encoder", ENCODER}, Buffer = {"Buffer", BUFFER};
static Object stringClass = {&NSString}, optionsClass = {&MTLCompileOptions}, device = {&Device};

static int64_t living;
static char* (*compiler)(const char* source);

// For the tests: how many objects there are; who compiles. The compiler gives the path of a library,
// or words that begin with an exclamation mark.
int64_t axon64_living(void) { return living; }
void axon64_compiler(char* (*with)(const char*)) { compiler = with; }

static Object* make(const Class* type) {
  Object* object = calloc(1, sizeof(Object));
  object->isa = type;
  object->retained = 1;
  living++;
  return object;
}

static Object* text(const Class* type, const char* words) {
  Object* object = make(type);
  object->text = strdup(words);
  living--;  // a pool would release it
  return object;
}

static void release(Object* object) {
  if (--object->retained > 0) return;
  if (object->retained < 0) { fprintf(stderr, "released twice: %s\n", object->isa->name); abort(); }
  free(object->memory);
  living--;
  object->isa = 0;  // what is used afterwards is found
}

void* objc_getClass(const char* name) {
  return !strcmp(name, "NSString") ? &stringClass : !strcmp(name, "MTLCompileOptions") ? &optionsClass : 0;
}
const char* sel_registerName(const char* name) {
  static char* names[256];
  for (int i = 0; i < 256; i++) {
    if (!names[i]) names[i] = strdup(name);
    if (!strcmp(names[i], name)) return names[i];
  }
  abort();
}
const void* object_getClass(Object* object) { return object->isa; }
const Method* class_getInstanceMethod(const Class* type, const char* selector) {
  for (const Method* m = type ? type->methods : STRING + 4; m->name; m++) {
    if (!strcmp(m->name, selector)) return m;
  }
  return 0;
}
const char* method_getTypeEncoding(const Method* method) { return method->types; }
void* objc_autoreleasePoolPush(void) { return &device; }
void objc_autoreleasePoolPop(void* pool) { (void)pool; }
void* MTLCopyAllDevices(void) { static Object all = {&NSArray}; return &all; }

static void* library(Object* source, Object** error) {
  char* path = compiler(source->text);
  if (path[0] == '!') { *error = text(&NSError, path + 1); return 0; }
  void* loaded = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!loaded) { *error = text(&NSError, dlerror()); return 0; }
  Object* made = make(&Library);
  made->library = loaded;
  return made;
}

static void* function(Object* from, Object* name) {
  char symbol[256];
  snprintf(symbol, sizeof symbol, "axon64_run_%s", name->text);
  void* found = dlsym(from->library, symbol);
  if (!found) return 0;
  Object* made = make(&Function);
  made->library = found;
  return made;
}

static void dispatch(Object* encoder, Size groups, Size threads) {
  uint64_t grid[3] = {groups.w * threads.w, groups.h * threads.h, groups.d * threads.d};
  ((void (*)(void**, const uint64_t*))encoder->part->library)(encoder->bound, grid);
}

// Sizes are larger than two registers: they come on the stack, or on Arm as addresses.
#ifdef __aarch64__
void* objc_msgSend(Object* self, const char* selector, void* a, void* b, void* c) {
#define SIZES *(Size*)a, *(Size*)b
#else
void* objc_msgSend(Object* self, const char* selector, void* a, void* b, void* c, void* unused, Size s, Size t) {
  (void)unused;
#define SIZES s, t
#endif
  if (!self->isa || !class_getInstanceMethod(self->isa, selector)) {
    fprintf(stderr, "unrecognized selector %s\n", selector);
    abort();
  }
#define IS(name) !strcmp(selector, name)
  if (IS("retain")) { self->retained++; return self; }
  if (IS("release")) { release(self); return 0; }
  if (IS("stringWithUTF8String:")) return text(&NSString, a);
  if (IS("UTF8String")) return self->text;
  if (IS("localizedDescription")) return text(&NSString, self->text);
  if (IS("count")) return (void*)1;
  if (IS("objectAtIndex:")) return &device;
  if (IS("new")) return make(&MTLCompileOptions);
  if (IS("name")) return text(&NSString, "Stand-in");
  if (IS("recommendedMaxWorkingSetSize")) return (void*)(1ul << 31);
  if (IS("maxBufferLength")) return (void*)(1ul << 30);
  if (IS("newCommandQueue")) return make(&Queue);
  if (IS("newLibraryWithSource:options:error:")) return library(a, c);
  if (IS("newFunctionWithName:")) return function(self, a);
  if (IS("newComputePipelineStateWithFunction:error:")) {
    Object* made = make(&Pipeline);
    made->library = ((Object*)a)->library;
    return made;
  }
  if (IS("newBufferWithLength:options:")) {
    Object* made = make(&Buffer);
    made->length = (uint64_t)a;
    made->memory = calloc(1, (uint64_t)a + 64);
    return made;
  }
  if (IS("contents")) return self->memory;
  if (IS("maxTotalThreadsPerThreadgroup")) return (void*)1024;
  if (IS("commandBuffer")) { Object* made = make(&Commands); living--; return made; }
  if (IS("computeCommandEncoder")) { Object* made = make(&Encoder); living--; return made; }
  if (IS("setComputePipelineState:")) self->part = a;
  if (IS("setBuffer:offset:atIndex:")) self->bound[(uint64_t)c] = (char*)((Object*)a)->memory + (uint64_t)b;
  if (IS("dispatchThreadgroups:threadsPerThreadgroup:")) dispatch(self, SIZES);
  return 0;
}
