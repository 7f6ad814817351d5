// Where the tests' data lie, and how results are compared with what scikit-image gave.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/json.h"
#include "core/segment/measure.h"

namespace floodlight::test {

/// A path in the repository's own golden data.
std::string data_path(std::string_view name);
/// A file of the images that come with the program.
std::string asset_path(std::string_view name);

/// A path in the reference folder (FLOODLIGHT_SHARED, otherwise the folder `shared` beside the checkout), or nothing when
/// it lacks that file.
std::optional<std::string> shared_path(std::string_view name);

// The readers fail the running test when a file cannot be read, and give back something empty.
std::vector<std::byte> read_bytes(const std::string& path);
Json read_json(const std::string& path);
Image<float> read_csv(const std::string& path);
Image<float> read_image(const std::string& path);
std::vector<Image<float>> read_pages(const std::string& path);
std::vector<LabelImage> read_label_pages(const std::string& path);

/// A member that must be there; fails the test and gives null when it is not.
const Json& member(const Json& json, std::string_view name);

/// Fails when an array's shape or the digest of its bytes is not the one that scikit-image's array had.
void expect_digest(std::string_view what, std::span<const std::byte> bytes, int rows, int cols, const Json& expected);
template <typename T>
void expect_digest(std::string_view what, const Image<T>& image, const Json& expected) {
  expect_digest(what, std::as_bytes(image.pixels()), image.rows(), image.cols(), expected);
}
void expect_digest(std::string_view what, const std::vector<Pixel>& peaks, const Json& expected);

/// Compares measurements with the rows of a `regionprops` table (its first row names the columns).
void expect_regions(std::string_view what, const std::vector<RegionProperties>& regions, const Json& table);

/// Grey values as a test would like to write them; rows must be equally long.
template <typename T>
Image<T> image_of(const std::vector<std::vector<T>>& rows) {
  Image<T> image(static_cast<int>(rows.size()), rows.empty() ? 0 : static_cast<int>(rows.front().size()));
  for (int r = 0; r < image.rows(); ++r) {
    for (int c = 0; c < image.cols(); ++c) image[r, c] = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
  }
  return image;
}

/// A mask from rows of text: '#' is foreground.
Mask mask_of(const std::vector<std::string_view>& rows);
/// The same, the other way round, so that a failed comparison shows a picture.
std::string picture(MaskView mask);

/// Reproducible noise: whole numbers from 0 to `largest`.
Image<float> noise(int rows, int cols, unsigned seed, int largest = 255);
/// A reproducible mask with about this share of foreground.
Mask noise_mask(int rows, int cols, unsigned seed, double share);

/// Shapes that trip algorithms: single pixels, lines, smaller than kernels, wider than tiles.
std::vector<Pixel> odd_shapes();

}  // namespace floodlight::test
