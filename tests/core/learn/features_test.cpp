// Features against scikit-image's own, and against their definitions written out plainly.
#include "core/learn/features.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

#include <gtest/gtest.h>

#include "core/segment/filter.h"
#include "tests/core/reference.h"
#include "tests/core/sha256.h"

namespace floodlight::test {
namespace {

const FeatureChoice all_scales = {.sigmas = {0.5, 1, 2, 4, 8, 16}};

double number(const Json& json) { return *json.number(); }
int whole(const Json& json, std::string_view name) { return static_cast<int>(number(member(json, name))); }

/// float32 values as the reference folder stores them.
std::vector<float> floats(const std::string& path) {
  const std::vector<std::byte> bytes = read_bytes(path);
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

std::vector<Image<float>> features(FloatView image, const FeatureChoice& choice) {
  auto result = multiscale_basic_features(image, choice);
  if (!result) ADD_FAILURE() << result.error().message;
  return result.value_or(
      std::vector<Image<float>>(features_of(choice).size(), Image<float>(image.rows(), image.cols())));
}

/// How many pixels of two images have other bits; two zeros of different sign do.
std::ptrdiff_t different(FloatView a, FloatView b) {
  EXPECT_EQ(a.size(), b.size());
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::bit_cast<std::uint32_t>(a.pixels()[i]) != std::bit_cast<std::uint32_t>(b.pixels()[i])) ++count;
  }
  return count;
}

class FeaturesShared : public testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> path = shared_path("parity/learn/features.json");
    if (!path) {
      std::puts("NOT TESTED: there is no parity/learn/features.json in ../shared (or where FLOODLIGHT_SHARED points)");
      GTEST_SKIP();
    }
    reference_ = read_json(*path);
    values_ = floats(shared_path("parity/learn/features.f32").value());
    pixels_ = floats(shared_path("parity/learn/images.f32").value());
  }

  Image<float> image(const Json& entry) const {
    const std::string name = *member(entry, "name").string();
    if (name == "pixel_grid" || name == "small_field") return read_csv(asset_path(name + ".csv"));
    if (name.starts_with("nuclei")) return read_image(shared_path("nuclei/" + name + ".tif").value());
    Image<float> made(whole(entry, "rows"), whole(entry, "cols"));
    std::copy_n(pixels_.begin() + whole(entry, "image_at"), made.size(), made.pixels().begin());
    return made;
  }

  Json reference_;
  std::vector<float> values_;
  std::vector<float> pixels_;
};

TEST_F(FeaturesShared, EveryValueIsScikitImagesBitForBit) {
  const Json::Array& entries = *member(reference_, "images").array();
  ASSERT_EQ(entries.size(), 125U);
  std::size_t whole_images = 0;
  std::size_t compared = 0;
  for (const Json& entry : entries) {
    const Image<float> raw = image(entry);
    const std::string name = *member(entry, "name").string();
    ASSERT_EQ(raw.rows(), whole(entry, "rows")) << name;
    const std::vector<Image<float>> planes = features(raw, all_scales);
    ASSERT_EQ(planes.size(), 24U);
    for (std::size_t k = 0; k < planes.size(); ++k) {
      const auto [low, high] = std::ranges::minmax(planes[k].pixels());
      EXPECT_EQ(static_cast<double>(low), number((*member(entry, "min").array())[k])) << name << ", feature " << k;
      EXPECT_EQ(static_cast<double>(high), number((*member(entry, "max").array())[k])) << name << ", feature " << k;
      double mean = 0;
      for (const float value : planes[k].pixels()) mean += static_cast<double>(value) / static_cast<double>(raw.size());
      const double largest = std::max(std::abs(static_cast<double>(low)), std::abs(static_cast<double>(high)));
      EXPECT_NEAR(mean, number((*member(entry, "mean").array())[k]), 1e-12 * largest) << name << ", feature " << k;
      for (const Json& pixel : *member(entry, "pixels").array()) {
        const Json::Array& row = *pixel.array();
        const Pixel at{static_cast<int>(number(row[0])), static_cast<int>(number(row[1]))};
        EXPECT_EQ(static_cast<double>(planes[k][at]), number((*row[2].array())[k])) << name << ", feature " << k;
        ++compared;
      }
    }
    if (entry.find("features_at") == nullptr) continue;
    ++whole_images;
    const float* expected = values_.data() + whole(entry, "features_at");
    for (std::size_t i = 0; i < raw.size(); ++i) {
      for (std::size_t k = 0; k < planes.size(); ++k, ++expected, ++compared) {
        ASSERT_EQ(std::bit_cast<std::uint32_t>(planes[k].pixels()[i]), std::bit_cast<std::uint32_t>(*expected))
            << name << ", feature " << k << ", pixel " << i << ": " << planes[k].pixels()[i] << " for " << *expected;
      }
    }
  }
  EXPECT_EQ(whole_images, 92U);
  EXPECT_EQ(compared, values_.size() + 125U * 24 * 12);
}

/// The digest of (rows, cols, features) values, as numpy has them.
std::string digest(const std::vector<Image<float>>& planes) {
  std::vector<float> values;
  for (std::size_t i = 0; i < planes.front().size(); ++i) {
    for (const Image<float>& plane : planes) values.push_back(plane.pixels()[i]);
  }
  return sha256(std::as_bytes(std::span(values)));
}

TEST(Features, OfTheLecturesImagesAreScikitImages) {
  EXPECT_EQ(digest(features(read_csv(asset_path("pixel_grid.csv")), all_scales)),
            "400bd7015c1049f623ea93bdef6f8c5303d87267ed1bb214255baa1322fd56b4");
  EXPECT_EQ(digest(features(read_csv(asset_path("small_field.csv")), all_scales)),
            "986eb9b898f434e734a962c7c55c432963425749ad1583cfba6128dd05e21a71");
}

// ---- the definitions, plainly

/// numpy.gradient along one axis.
Image<float> gradient(FloatView image, bool down) {
  Image<float> out(image.rows(), image.cols());
  const int last = (down ? image.rows() : image.cols()) - 1;
  for (int r = 0; r < image.rows(); ++r) {
    for (int c = 0; c < image.cols(); ++c) {
      const int at = down ? r : c;
      const int before = std::max(at - 1, 0);
      const int after = std::min(at + 1, last);
      const float difference = down ? image[after, c] - image[before, c] : image[r, after] - image[r, before];
      out[r, c] = difference / static_cast<float>(after - before);
    }
  }
  return out;
}

/// scipy.ndimage.convolve with the Sobel kernel of one direction; 3 x 3 kernels see no difference between the borders
/// "reflect" and "nearest".
Image<float> sobel(FloatView image, bool down) {
  const std::vector<double> rows = {0.25, 0.5, 0.25, 0, 0, 0, -0.25, -0.5, -0.25};
  const std::vector<double> cols = {0.25, 0, -0.25, 0.5, 0, -0.5, 0.25, 0, -0.25};
  return convolve(image, {.rows = 3, .cols = 3, .weights = down ? rows : cols});
}

std::vector<Image<float>> plain_features(FloatView image, const FeatureChoice& choice) {
  std::vector<Image<float>> planes;
  for (const double sigma : choice.sigmas) {
    const Image<float> smooth = gaussian(image, sigma);
    const Image<float> edges_down = sobel(smooth, true);
    const Image<float> edges_across = sobel(smooth, false);
    Image<float> edges(image.rows(), image.cols());
    Image<float> larger = edges;
    Image<float> smaller = edges;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const float a = edges_down.pixels()[i];
      const float b = edges_across.pixels()[i];
      edges.pixels()[i] = std::sqrt(a * a + b * b) / static_cast<float>(std::sqrt(2.0));
    }
    if (choice.texture) {
      const Image<float> rows = gradient(gradient(smooth, true), true);
      const Image<float> mixed = gradient(gradient(smooth, true), false);
      const Image<float> cols = gradient(gradient(smooth, false), false);
      for (std::size_t i = 0; i < edges.size(); ++i) {
        const float middle = (rows.pixels()[i] + cols.pixels()[i]) / 2;
        const float half = (rows.pixels()[i] - cols.pixels()[i]) / 2;
        const float root = std::sqrt(mixed.pixels()[i] * mixed.pixels()[i] + half * half);
        larger.pixels()[i] = middle + root;
        smaller.pixels()[i] = middle - root;
      }
    }
    if (choice.intensity) planes.push_back(smooth);
    if (choice.edges) planes.push_back(edges);
    if (choice.texture) planes.push_back(larger);
    if (choice.texture) planes.push_back(smaller);
  }
  return planes;
}

/// All seven subsets of the three kinds.
FeatureChoice subset(unsigned bits, std::vector<double> sigmas) {
  return {
      .intensity = (bits & 1) != 0, .edges = (bits & 2) != 0, .texture = (bits & 4) != 0, .sigmas = std::move(sigmas)};
}

TEST(Features, EveryKindAtEveryScaleFollowsItsDefinition) {
  unsigned seed = 1;
  for (const Pixel shape : odd_shapes()) {
    for (unsigned bits = 1; bits < 8; ++bits) {
      FeatureChoice choice = subset(bits, {1.3, 0.7, 5});
      if (shape.row < 2 || shape.col < 2) choice.texture = false;
      if (!choice.intensity && !choice.edges && !choice.texture) continue;
      Image<float> image = noise(shape.row, shape.col, ++seed, 60000);
      for (float& v : image.pixels()) v = v / 7 - 1000;
      const std::vector<Image<float>> expected = plain_features(image, choice);
      const std::vector<Image<float>> found = features(image, choice);
      ASSERT_EQ(found.size(), expected.size());
      ASSERT_EQ(found.size(), features_of(choice).size());
      for (std::size_t k = 0; k < found.size(); ++k)
        EXPECT_EQ(different(found[k], expected[k]), 0)
            << shape.row << " x " << shape.col << ", " << feature_name(features_of(choice)[k]);
    }
  }
}

TEST(Features, OfOnePixelOfAStretchAndOfTheImageAreTheSame) {
  for (const Pixel shape : {Pixel{2, 2}, Pixel{5, 9}, Pixel{23, 311}}) {
    Image<float> image = noise(shape.row, shape.col, 7, 65535);
    const ScaleSpace space = scale_space(image, all_scales).value();
    const std::vector<Image<float>> planes = features(image, all_scales);
    std::array<float, 24> of_pixel{};
    for (int r = 0; r < shape.row; ++r) {
      for (int c = 0; c < shape.col; ++c) {
        features_at(space, {r, c}, of_pixel);
        for (std::size_t k = 0; k < planes.size(); ++k) ASSERT_EQ(of_pixel[k], (planes[k][r, c])) << k;
      }
    }
    for (const std::size_t k : {0U, 1U, 2U, 3U, 10U, 23U}) EXPECT_EQ(different(feature_image(space, k), planes[k]), 0);
    // Stretches that begin and end anywhere, and every other feature left out.
    std::array<std::uint8_t, 24> wanted{};
    for (std::size_t k = 0; k < wanted.size(); k += 2) wanted[k] = 1;
    std::vector<float> values(24U * 400);
    for (int first = 0; first < shape.col; first += 3) {
      std::ranges::fill(values, -1.0F);
      const int count = std::min(shape.col - first, 1 + first % 200);
      features_along(space, wanted, shape.row / 2, first, count, values.data(), 400);
      for (std::size_t k = 0; k < planes.size(); ++k) {
        for (int i = 0; i < 400; ++i) {
          const float expected = i < count && wanted[k] != 0 ? (planes[k][shape.row / 2, first + i]) : -1.0F;
          ASSERT_EQ(values[k * 400 + static_cast<std::size_t>(i)], expected)
              << first << " + " << i << ", feature " << k;
        }
      }
    }
  }
}

TEST(Features, OfAConstantImageAreTheConstantAndExactZeros) {
  Image<float> image(31, 40);
  std::ranges::fill(image.pixels(), 37.0F);
  const std::vector<Image<float>> planes = features(image, all_scales);
  for (std::size_t k = 0; k < planes.size(); ++k) {
    for (const float v : planes[k].pixels()) ASSERT_EQ(v, k % 4 == 0 ? 37.0F : 0.0F) << k;
  }
}

TEST(Features, AreListedScaleByScaleAndNamed) {
  const std::vector<Feature> listed = features_of({.sigmas = {0.5, 2}});
  ASSERT_EQ(listed.size(), 8U);
  EXPECT_EQ(feature_name(listed[0]), "intensity, sigma 0.5");
  EXPECT_EQ(feature_name(listed[1]), "edges, sigma 0.5");
  EXPECT_EQ(feature_name(listed[2]), "larger eigenvalue, sigma 0.5");
  EXPECT_EQ(feature_name(listed[7]), "smaller eigenvalue, sigma 2");
  EXPECT_EQ(features_of(FeatureChoice{}).size(), 12U);
}

TEST(Features, ScalesAreStretchedAsNumpysLogspaceDoes) {
  EXPECT_EQ(stretched_sigmas(0.5, 16).value(), (std::vector<double>{0.5, 1, 2, 4, 8, 16}));
  EXPECT_EQ(stretched_sigmas(1, 4).value(), (std::vector<double>{1, 2, 4}));
  EXPECT_EQ(stretched_sigmas(3, 3).value(), (std::vector<double>{3}));
  // As numpy 2.4 prints them; numpy's own vector instructions may differ from it in the last bit.
  EXPECT_EQ(stretched_sigmas(0.7, 5).value(), (std::vector<double>{0.7, 1.8708286933869707, 4.999999999999999}));
  EXPECT_EQ(stretched_sigmas(0.3, 7).value(),
            (std::vector<double>{0.3, 0.6593491505914625, 1.4491376746189437, 3.1849589828336264, 7.0}));
  EXPECT_EQ(stretched_sigmas(1.1, 9.9).value(), (std::vector<double>{1.1, 2.2880922053570947, 4.759423582014448, 9.9}));
  const std::vector<double> whole_range = stretched_sigmas(0.1, 20).value();
  EXPECT_EQ(whole_range.size(), 8U);
  EXPECT_TRUE(check_features({.sigmas = whole_range}, 9, 9).has_value());
}

TEST(Features, SaysWhatCannotBeComputed) {
  const auto refusal = [](const FeatureChoice& choice, int rows = 9, int cols = 9) {
    const auto result = multiscale_basic_features(Image<float>(rows, cols), choice);
    return result ? std::string() : result.error().message;
  };
  EXPECT_EQ(refusal(subset(0, {1})),
            "No kind of feature is chosen; choose intensity, edges or texture, or several of them.");
  EXPECT_EQ(refusal({.sigmas = {}}), "No scale is chosen; choose at least one sigma.");
  EXPECT_EQ(refusal({.sigmas = std::vector<double>(17, 1)}), "17 scales are chosen; at most 16 are possible.");
  EXPECT_EQ(refusal({.sigmas = {1, 30}}), "A feature's sigma is 30; it must be from 0.1 to 20 pixels.");
  EXPECT_EQ(refusal({.sigmas = {1, std::nan("")}}), "A feature's sigma is nan; it must be from 0.1 to 20 pixels.");
  EXPECT_EQ(refusal({}, 1, 7), "Texture needs at least 2 rows and 2 columns; this image has 1 x 7 pixels.");
  EXPECT_EQ(refusal({.texture = false}, 1, 7), "");
  EXPECT_EQ(stretched_sigmas(4, 1).error().message, "The largest sigma is 1; it must be at least the smallest, 4.");
  EXPECT_EQ(stretched_sigmas(0.01, 1).error().message, "The smallest sigma is 0.01; it must be from 0.1 to 20 pixels.");
}

}  // namespace
}  // namespace floodlight::test
