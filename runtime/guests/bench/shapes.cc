// Calls virtual functions of five classes on objects in random order.
#include "start.h"

namespace {

class Shape {
 public:
  virtual u64 area() const { return 0; }
  virtual void grow(u64) {}
};

class Square : public Shape {
 public:
  u64 area() const override { return side * side; }
  void grow(u64 by) override { side += by & 3; }
  u64 side = 2;
};

class Rectangle : public Square {
 public:
  u64 area() const override { return side * other; }
  void grow(u64 by) override {
    Square::grow(by >> 1);
    other ^= by & 7;
  }
  u64 other = 5;
};

class Circle : public Shape {
 public:
  u64 area() const override { return radius * radius * 355 / 113; }
  void grow(u64 by) override { radius = (radius + by) & 255; }
  u64 radius = 3;
};

class Group : public Shape {
 public:
  u64 area() const override {
    u64 sum = 0;
    for (const Shape *part : parts) sum += part->area();
    return sum;
  }
  void grow(u64 by) override { parts[by & 3]->grow(by >> 2); }
  Shape *parts[4] = {};
};

class Hole : public Shape {
 public:
  u64 area() const override { return shape->area() - (shape->area() >> 2); }
  void grow(u64 by) override { shape->grow(by); }
  Shape *shape = nullptr;
};

constexpr int kCount = 64;

Square squares[kCount];
Rectangle rectangles[kCount];
Circle circles[kCount];
Group groups[kCount];
Hole holes[kCount];
Shape *shapes[5 * kCount];

}  // namespace

u64 work(u64 seed) {
  int count = 0;
  for (int i = 0; i < kCount; i++) {
    // As at the first round.
    squares[i] = Square();
    rectangles[i] = Rectangle();
    circles[i] = Circle();
    groups[i] = Group();
    holes[i] = Hole();
    groups[i].parts[0] = &squares[i];
    groups[i].parts[1] = &rectangles[i];
    groups[i].parts[2] = &circles[i];
    groups[i].parts[3] = &squares[(i + 1) % kCount];
    holes[i].shape = i & 1 ? static_cast<Shape *>(&groups[i]) : &circles[i];
    shapes[count++] = &squares[i];
    shapes[count++] = &rectangles[i];
    shapes[count++] = &circles[i];
    shapes[count++] = &groups[i];
    shapes[count++] = &holes[i];
  }
  for (int i = count - 1; i > 0; i--) {
    seed = seed * 6364136223846793005 + 1442695040888963407;
    int j = (seed >> 33) % (i + 1);
    Shape *swapped = shapes[i];
    shapes[i] = shapes[j];
    shapes[j] = swapped;
  }
  u64 sum = 0;
  for (int turn = 0; turn < 8; turn++)
    for (Shape *shape : shapes) {
      shape->grow(sum + turn);
      sum = sum * 3 + shape->area();
    }
  return sum;
}
