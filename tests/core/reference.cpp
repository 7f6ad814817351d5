// Reading the tests' data and comparing results with them.
#include "tests/core/reference.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "core/files/tiff.h"
#include "tests/core/sha256.h"

namespace floodlight::test {
namespace {

double number(const Json& json) {
  if (const double* value = json.number()) return *value;
  ADD_FAILURE() << "not a number: " << json.text();
  return 0;
}

}  // namespace

std::string data_path(std::string_view name) { return std::string(FLOODLIGHT_TEST_DATA "/").append(name); }

std::string asset_path(std::string_view name) { return std::string(FLOODLIGHT_ASSETS "/").append(name); }

std::optional<std::string> shared_path(std::string_view name) {
  const char* const chosen = std::getenv("FLOODLIGHT_SHARED");
  std::string path = std::string(chosen != nullptr ? chosen : FLOODLIGHT_SHARED_DEFAULT).append("/").append(name);
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path;
}

std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    ADD_FAILURE() << "cannot open " << path;
    return {};
  }
  std::vector<std::byte> bytes(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

Json read_json(const std::string& path) {
  const std::vector<std::byte> bytes = read_bytes(path);
  Result<Json> json = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (json) return *std::move(json);
  ADD_FAILURE() << path << ": " << json.error().message;
  return {};
}

Image<float> read_csv(const std::string& path) {
  std::ifstream file(path);
  if (!file) ADD_FAILURE() << "cannot open " << path;
  std::vector<float> values;
  int rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    ++rows;
    const char* next = line.c_str();
    while (*next != '\0') {
      char* end = nullptr;
      values.push_back(std::strtof(next, &end));
      next = *end == ',' ? end + 1 : end;
      if (*end != ',') break;
    }
  }
  const int cols = rows == 0 ? 0 : static_cast<int>(values.size()) / rows;
  return {rows, cols, std::move(values)};
}

Image<float> read_image(const std::string& path) {
  Result<Intensities> image = read_tiff(read_bytes(path), path);
  if (image) return std::move(image->pixels);
  ADD_FAILURE() << image.error().message;
  return {};
}

std::vector<Image<float>> read_pages(const std::string& path) {
  const std::vector<std::byte> bytes = read_bytes(path);
  std::vector<Image<float>> pages;
  const Result<TiffInfo> info = inspect_tiff(bytes, path);
  for (int page = 0; info && page < static_cast<int>(info->pages.size()); ++page) {
    Result<Intensities> image = read_tiff(bytes, path, {.page = page});
    if (!image) ADD_FAILURE() << image.error().message;
    if (image) pages.push_back(std::move(image->pixels));
  }
  EXPECT_FALSE(pages.empty()) << path;
  return pages;
}

std::vector<LabelImage> read_label_pages(const std::string& path) {
  const std::vector<std::byte> bytes = read_bytes(path);
  std::vector<LabelImage> pages;
  const Result<TiffInfo> info = inspect_tiff(bytes, path);
  for (int page = 0; info && page < static_cast<int>(info->pages.size()); ++page) {
    Result<LabelImage> labels = read_label_tiff(bytes, path, page);
    if (!labels) ADD_FAILURE() << labels.error().message;
    if (labels) pages.push_back(*std::move(labels));
  }
  EXPECT_FALSE(pages.empty()) << path;
  return pages;
}

const Json& member(const Json& json, std::string_view name) {
  static const Json missing;
  if (const Json* found = json.find(name)) return *found;
  ADD_FAILURE() << "no member " << name;
  return missing;
}

void expect_digest(std::string_view what, std::span<const std::byte> bytes, int rows, int cols, const Json& expected) {
  if (const Json* shape = expected.find("shape")) {
    EXPECT_EQ(*shape, Json(Json::Array{rows, cols})) << what;
  }
  const std::string* digest = member(expected, "sha256").string();
  ASSERT_NE(digest, nullptr) << what;
  EXPECT_EQ(sha256(bytes), *digest) << what << " differs from scikit-image's";
}

void expect_digest(std::string_view what, const std::vector<Pixel>& peaks, const Json& expected) {
  expect_digest(what, std::as_bytes(std::span(peaks)), static_cast<int>(peaks.size()), 2, expected);
}

void expect_regions(std::string_view what, const std::vector<RegionProperties>& regions, const Json& table) {
  const Json::Array* rows = table.array();
  ASSERT_TRUE(rows != nullptr && !rows->empty()) << what;
  ASSERT_EQ(regions.size(), rows->size() - 1) << what;
  const Json::Array& names = *rows->front().array();
  constexpr double tolerance = 1e-9;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const RegionProperties& r = regions[i];
    std::map<std::string, double> expected;
    for (std::size_t k = 0; k < names.size(); ++k) expected[*names[k].string()] = number((*(*rows)[i + 1].array())[k]);
    const auto near = [&](const char* name, double value, double bound) {
      ASSERT_TRUE(expected.contains(name)) << name;
      const double wanted = expected[name];
      EXPECT_NEAR(value, wanted, bound * std::max(1.0, std::abs(wanted)))
          << what << ", object " << r.label << ": " << name;
    };
    const auto exact = [&](const char* name, double value) { near(name, value, 0); };
    exact("label", r.label);
    exact("area", static_cast<double>(r.area));
    exact("bbox-0", r.bbox_min_row);
    exact("bbox-1", r.bbox_min_col);
    exact("bbox-2", r.bbox_max_row);
    exact("bbox-3", r.bbox_max_col);
    exact("max_intensity", r.max_intensity);
    near("solidity", r.solidity, 1e-15);
    near("centroid-0", r.centroid_row, tolerance);
    near("centroid-1", r.centroid_col, tolerance);
    near("mean_intensity", r.mean_intensity, tolerance);
    near("perimeter", r.perimeter, tolerance);
    near("equivalent_diameter", r.equivalent_diameter, tolerance);
    near("major_axis_length", r.axis_major_length, tolerance);
    near("minor_axis_length", r.axis_minor_length, tolerance);
    near("eccentricity", r.eccentricity, tolerance);
    const double turn = std::remainder(r.orientation - expected["orientation"], std::numbers::pi);
    EXPECT_NEAR(turn, 0, tolerance) << what << ", object " << r.label << ": orientation " << r.orientation << " for "
                                    << expected["orientation"];
  }
}

Mask mask_of(const std::vector<std::string_view>& rows) {
  Mask mask(static_cast<int>(rows.size()), rows.empty() ? 0 : static_cast<int>(rows.front().size()));
  for (int r = 0; r < mask.rows(); ++r) {
    for (int c = 0; c < mask.cols(); ++c) {
      mask[r, c] = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)] == '#' ? 1 : 0;
    }
  }
  return mask;
}

std::string picture(MaskView mask) {
  std::string text;
  for (int r = 0; r < mask.rows(); ++r) {
    for (int c = 0; c < mask.cols(); ++c) text += mask[r, c] == 0 ? '.' : mask[r, c] == 1 ? '#' : '?';
    text += '\n';
  }
  return text;
}

Image<float> noise(int rows, int cols, unsigned seed, int largest) {
  std::mt19937 random(seed);
  Image<float> image(rows, cols);
  for (float& v : image.pixels()) v = static_cast<float>(random() % (static_cast<unsigned>(largest) + 1));
  return image;
}

Mask noise_mask(int rows, int cols, unsigned seed, double share) {
  std::mt19937 random(seed);
  Mask mask(rows, cols);
  for (std::uint8_t& v : mask.pixels()) v = static_cast<double>(random()) < share * 4294967296.0 ? 1 : 0;
  return mask;
}

std::vector<Pixel> odd_shapes() {
  return {{1, 1}, {1, 2}, {2, 1}, {1, 17}, {17, 1}, {2, 2}, {3, 5}, {7, 4}, {16, 33}, {40, 23}, {131, 9}, {9, 131}};
}

}  // namespace floodlight::test
