// libFuzzer: whatever the recipe and the image, every stage is what its definition says, however the work was interrupted.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "core/pipeline/pipeline.h"
#include "tests/core/random_inputs.h"
#include "tests/fuzz/plain_pipeline.h"

namespace {

using namespace floodlight;
using testing::roll;

/// Numbers taken from the input, two bytes each; zeros when it is used up.
class Draw {
 public:
  explicit Draw(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::uint32_t operator()() { return byte() << 8U | byte(); }
  std::uint32_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// A few pixels: whole numbers, fractions, two levels, or some that are no numbers.
Image<float> image_from(Draw& draw) {
  const int rows = roll(draw, 1, 12);
  const int cols = roll(draw, 1, 12);
  const int kind = roll(draw, 0, 3);
  Image<float> image(rows, cols);
  for (float& value : image.pixels()) {
    const std::uint32_t byte = draw.byte();
    value = static_cast<float>(byte);
    if (kind == 1) value = value / 7 - 10;
    if (kind == 2) value = byte % 3 == 0 ? 200.0F : 20.0F;
    if (kind == 3 && byte == 255) value = std::numeric_limits<float>::quiet_NaN();
    if (kind == 3 && byte == 254) value = std::numeric_limits<float>::infinity();
  }
  return image;
}

/// Any recipe; seeds by hand mostly lie within the image.
Recipe recipe_from(Draw& draw, const Image<float>& image) {
  Recipe recipe = testing::random_recipe(draw);
  // What only costs time: an input should take about a millisecond.
  recipe.sigma = std::min(recipe.sigma, 1.5);
  recipe.filter_size = std::min(recipe.filter_size, 9);
  recipe.window = std::min(recipe.window, 13);
  if (recipe.cutoff == CutoffMethod::minimum) recipe.bins = std::min(recipe.bins, 40);
  const bool inside = roll(draw, 0, 7) != 0;
  for (Pixel& seed : recipe.seeds_by_hand) {
    if (inside) seed = {.row = seed.row % image.rows(), .col = seed.col % image.cols()};
  }
  return recipe;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Draw draw({data, size});
  // The image comes first: what mutates the recipe behind it leaves it as it is.
  const Image<float> image = image_from(draw);
  const Recipe recipe = recipe_from(draw, image);
  const int slices = roll(draw, 0, 20);
  const Recipe before = roll(draw, 0, 1) == 0 ? Recipe{} : recipe_from(draw, image);

  Pipeline pipeline;
  pipeline.set_recipe(before);
  pipeline.set_image(image);
  for (int i = 0; i < slices; ++i) pipeline.advance();
  pipeline.set_recipe(recipe);
  pipeline.finish();
  fuzz::check_stages(pipeline, image);
  return 0;
}
