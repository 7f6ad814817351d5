// Images small enough to be read number by number.
#include "core/samples/small_images.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace floodlight {
namespace {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char pixel_grid_csv[] = {
#embed "../../assets/pixel_grid.csv"
};
constexpr char small_field_csv[] = {
#embed "../../assets/small_field.csv"
};
#pragma clang diagnostic pop

/// Whole numbers between commas, one row a line.
Image<float> read_csv(std::string_view text) {
  std::vector<float> values;
  int rows = 0;
  float number = 0;
  bool digits = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      number = 10 * number + static_cast<float>(c - '0');
      digits = true;
    } else if (digits) {
      values.push_back(std::exchange(number, 0.0F));
      digits = false;
    }
    if (c == '\n') ++rows;
  }
  if (digits) {
    values.push_back(number);
    ++rows;
  }
  const int cols = static_cast<int>(values.size()) / std::max(rows, 1);
  return {rows, cols, std::move(values)};
}

constexpr float dark = 20;
constexpr float bright = 200;

Image<float> filled(int rows, int cols, float value) {
  return {rows, cols, std::vector<float>(static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols), value)};
}

/// The lecture's pixel for the filters: 90 in zeros. Its 3 x 3 mean is a block of 10, its median is nothing.
SmallImage single_pixel() {
  SmallImage image{filled(9, 9, 0), std::nullopt};
  image.pixels[4, 4] = 90;
  return image;
}

/// A big and a small disc that overlap in a narrow neck.
SmallImage touching_discs() {
  constexpr int row = 15;
  constexpr int left = 14;
  constexpr int right = 32;
  SmallImage image{filled(31, 46, dark), LabelImage(31, 46)};
  for (int r = 0; r < 31; ++r) {
    for (int c = 0; c < 46; ++c) {
      const int big = (r - row) * (r - row) + (c - left) * (c - left) - 12 * 12;
      const int small = (r - row) * (r - row) + (c - right) * (c - right) - 7 * 7;
      if (std::min(big, small) > 0) continue;
      image.pixels[r, c] = bright;
      (*image.truth)[r, c] = big <= small ? 1 : 2;  // the line through the two points where the circles cross
    }
  }
  return image;
}

/// Objects that touch at corners only: one or two of them, as the neighbours are counted.
SmallImage diagonal_neighbours() {
  SmallImage image{filled(12, 16, dark), std::nullopt};
  for (const Pixel p : {Pixel{1, 1}, {1, 2}, {2, 3}}) image.pixels[p] = bright;  // two pixels and one
  for (int i = 0; i < 5; ++i) image.pixels[1 + i, 9 + i] = bright;               // a staircase
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) {
      image.pixels[5 + r, 1 + c] = bright;
      image.pixels[8 + r, 4 + c] = bright;
    }
  }
  return image;
}

/// A ring, whose hole is as large as itself, and a disc with a hole of 1 and one of 9 pixels and a bay that is no hole.
SmallImage holes() {
  SmallImage image{filled(24, 44, dark), std::nullopt};
  for (int r = 0; r < 24; ++r) {
    for (int c = 0; c < 44; ++c) {
      const int ring = (r - 11) * (r - 11) + (c - 10) * (c - 10);
      const int disc = (r - 11) * (r - 11) + (c - 32) * (c - 32);
      const bool hole = (r == 7 && c == 29) || (r >= 11 && r <= 13 && c >= 30 && c <= 32);
      const bool bay = r >= 9 && r <= 10 && c >= 37;
      if ((ring <= 81 && ring > 25) || (disc <= 81 && !hole && !bay)) image.pixels[r, c] = bright;
    }
  }
  return image;
}

/// Every second pixel: each is alone for 4 neighbours, all are one for 8.
SmallImage chess_board() {
  SmallImage image{filled(12, 12, dark), std::nullopt};
  for (int r = 0; r < 12; ++r)
    for (int c = 0; c < 12; ++c)
      if ((r + c) % 2 == 1) image.pixels[r, c] = bright;
  return image;
}

/// A bar: its distance transform has no summit but a long level ridge.
SmallImage plateau() {
  SmallImage image{filled(16, 36, dark), std::nullopt};
  for (int r = 4; r < 12; ++r)
    for (int c = 5; c < 31; ++c) image.pixels[r, c] = bright;
  return image;
}

}  // namespace

std::optional<SmallImage> make_small_image(std::string_view id) {
  if (id == "lecture_grid") return SmallImage{read_csv({pixel_grid_csv, sizeof pixel_grid_csv}), std::nullopt};
  if (id == "small_field") return SmallImage{read_csv({small_field_csv, sizeof small_field_csv}), std::nullopt};
  if (id == "single_pixel") return single_pixel();
  if (id == "touching_discs") return touching_discs();
  if (id == "diagonal_neighbours") return diagonal_neighbours();
  if (id == "holes") return holes();
  if (id == "chess_board") return chess_board();
  if (id == "plateau") return plateau();
  return std::nullopt;
}

}  // namespace floodlight
