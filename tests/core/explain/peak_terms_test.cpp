// Every candidate's fate is the one that peak_local_max gives it.
#include "core/explain/peak_terms.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "core/explain/distance_terms.h"
#include "core/pipeline/pipeline.h"
#include "core/segment/distance_transform.h"
#include "core/segment/label.h"
#include "core/segment/threshold.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using Distances = Image<std::int32_t>;
using Options = PeakOptions<std::int32_t>;
using testing::Dice;
using testing::roll;

/// Squared distances of round objects, of a noisy mask, or any small numbers, which have many plateaus.
Distances heights(Dice& dice, int kind) {
  const int rows = roll(dice, 1, 40);
  const int cols = roll(dice, 1, 40);
  if (kind == 0) {
    const Image<float> image = testing::blobs(dice, rows, cols, 8);
    return distance_squared(above(image, 90));
  }
  if (kind == 1) return distance_squared(noise_mask(rows, cols, static_cast<unsigned>(dice()), 0.85));
  Distances image(rows, cols);
  for (std::int32_t& v : image.pixels()) v = roll(dice, 0, 4);
  return image;
}

Options random_options(Dice& dice) {
  Options options{.window = std::array{0, 1, 3, 5, 9, 25, 201}[static_cast<std::size_t>(roll(dice, 0, 6))],
                  .min_distance = std::array{0, 1, 2, 3, 5, 10, 60}[static_cast<std::size_t>(roll(dice, 0, 6))],
                  .exclude_border = roll(dice, 0, 1) == 0,
                  .threshold_abs = std::nullopt};
  if (roll(dice, 0, 1) == 0) options.threshold_abs = roll(dice, 0, 9);
  return options;
}

std::vector<Pixel> accepted(const std::vector<PeakCandidate>& candidates) {
  std::vector<Pixel> pixels;
  for (const PeakCandidate& c : candidates) {
    if (c.fate == PeakFate::accepted) pixels.push_back(c.pixel);
  }
  return pixels;
}

int steps_apart(Pixel a, Pixel b) { return std::max(std::abs(a.row - b.row), std::abs(a.col - b.col)); }

/// How many rows or columns away the nearest edge is: 0 on it.
int from_border(const Distances& image, Pixel p) {
  return std::min({p.row, p.col, image.rows() - 1 - p.row, image.cols() - 1 - p.col});
}

void expect_fates(const Distances& image, const Options& options, const std::vector<PeakCandidate>& candidates) {
  std::vector<Pixel> before;
  for (const PeakCandidate& c : candidates) {
    ASSERT_EQ(c.height, image[c.pixel]);
    const bool low = c.height <= options.threshold_abs.value_or(std::ranges::min(image.pixels()));
    const bool outermost = options.exclude_border && from_border(image, c.pixel) < options.min_distance;
    const auto crowding = std::ranges::find_if(
        before, [&](Pixel p) { return options.min_distance > 1 && steps_apart(p, c.pixel) < options.min_distance; });
    const PeakFate fate = low                        ? PeakFate::below_threshold
                          : outermost                ? PeakFate::at_border
                          : crowding != before.end() ? PeakFate::too_near
                                                     : PeakFate::accepted;
    ASSERT_EQ(c.fate, fate);
    ASSERT_EQ(c.by, fate == PeakFate::too_near ? *crowding : c.pixel);
    if (fate == PeakFate::accepted) before.push_back(c.pixel);
  }
}

TEST(PeakCandidates, ThatAreAcceptedAreThePeaks) {
  Dice dice(91);
  std::array<int, 4> fates{};
  for (int round = 0; round < 1500; ++round) {
    const Distances image = heights(dice, round % 3);
    const Options options = random_options(dice);
    const std::vector<PeakCandidate> candidates = peak_candidates(image, options);
    ASSERT_EQ(accepted(candidates), peak_local_max<std::int32_t>(image.view(), options))
        << image.rows() << " x " << image.cols() << ", window " << options.window << ", distance "
        << options.min_distance;
    ASSERT_NO_FATAL_FAILURE(expect_fates(image, options, candidates));
    for (const PeakCandidate& c : candidates) ++fates[static_cast<std::size_t>(c.fate)];
  }
  for (const int count : fates) EXPECT_GT(count, 100) << "every fate must have been tried";
}

/// The pixel named is the highest in the window, and of these the nearest, and of these the first.
void expect_exceeds(const Distances& image, int half, Pixel p, Pixel by) {
  ASSERT_LE(steps_apart(by, p), half);
  ASSERT_GT(image[by], image[p]);
  const std::int64_t distance = squared_distance(by, p);
  for (int row = 0; row < image.rows(); ++row) {
    for (int col = 0; col < image.cols(); ++col) {
      const Pixel q{.row = row, .col = col};
      if (q == by || steps_apart(q, p) > half) continue;
      ASSERT_LE(image[q], image[by]);
      if (image[q] < image[by]) continue;
      ASSERT_GE(squared_distance(q, p), distance);
      if (squared_distance(q, p) > distance) continue;
      ASSERT_GT(image.view().index(row, col), image.view().index(by.row, by.col));
    }
  }
}

TEST(PeakCandidates, AreExactlyTheForegroundPixelsThatNothingExceeds) {
  Dice dice(92);
  int exceeded = 0;
  for (int round = 0; round < 300; ++round) {
    const Distances image = heights(dice, round % 3);
    const Options options = random_options(dice);
    if (std::ranges::min(image.pixels()) == std::ranges::max(image.pixels())) continue;
    Mask is_candidate(image.rows(), image.cols());
    for (const PeakCandidate& c : peak_candidates(image, options)) is_candidate[c.pixel] = 1;
    const int half = options.window > 0 ? options.window / 2 : options.min_distance;
    for (int row = 0; row < image.rows(); ++row) {
      for (int col = 0; col < image.cols(); ++col) {
        const Pixel p{.row = row, .col = col};
        const std::optional<Pixel> by = exceeded_by(image, options, p);
        ASSERT_EQ(by.has_value(), image[p] > 0 && is_candidate[p] == 0);
        if (!by) continue;
        ++exceeded;
        ASSERT_NO_FATAL_FAILURE(expect_exceeds(image, half, p, *by));
      }
    }
  }
  EXPECT_GT(exceeded, 10'000);
}

TEST(PeakCandidates, OfAPlateauAreAllItsPixelsAndTheFirstIsTaken) {
  Distances ridge(3, 9);
  for (int col = 2; col < 7; ++col) ridge[1, col] = 4;
  const std::vector<PeakCandidate> candidates =
      peak_candidates(ridge, {.window = 3, .min_distance = 3, .exclude_border = false, .threshold_abs = {}});
  ASSERT_EQ(candidates.size(), 5U);
  EXPECT_EQ(candidates[0].fate, PeakFate::accepted);
  EXPECT_EQ(candidates[1].fate, PeakFate::too_near);
  EXPECT_EQ(candidates[2].by, (Pixel{1, 2}));
  EXPECT_EQ(candidates[3].fate, PeakFate::accepted) << "exactly the minimum distance away";
  EXPECT_EQ(candidates[4].by, (Pixel{1, 5}));
}

TEST(PeakCandidates, TooNearToSeveralNameTheOneAcceptedFirst) {
  Distances image(1, 20);
  image[0, 5] = 9;
  image[0, 9] = 6;
  image[0, 13] = 8;
  const std::vector<PeakCandidate> candidates =
      peak_candidates(image, {.window = 3, .min_distance = 5, .exclude_border = false, .threshold_abs = {}});
  ASSERT_EQ(candidates.size(), 3U);
  EXPECT_EQ(candidates[2].pixel, (Pixel{0, 9}));
  EXPECT_EQ(candidates[2].by, (Pixel{0, 5}));
}

TEST(PeakCandidates, TakeWindowsAndDistancesLargerThanTheImage) {
  Distances image(6, 7);
  image[2, 3] = 5;
  image[4, 4] = 2;
  constexpr int huge = std::numeric_limits<int>::max();
  for (const Options& options : {Options{.window = 0, .min_distance = huge, .exclude_border = false},
                                 Options{.window = huge, .min_distance = huge, .exclude_border = true}}) {
    const std::vector<PeakCandidate> candidates = peak_candidates(image, options);
    ASSERT_EQ(candidates.size(), 1U);
    EXPECT_EQ(candidates[0].pixel, (Pixel{2, 3}));
    EXPECT_EQ(accepted(candidates), peak_local_max<std::int32_t>(image.view(), options));
    EXPECT_EQ(exceeded_by(image, options, {4, 4}), (Pixel{2, 3}));
  }
  EXPECT_TRUE(peak_candidates(ImageView<const std::int32_t>(), {}).empty());
}

/// What is promised of every object without a seed; gives how many there are.
std::size_t expect_seedless(const Components& components, const Distances& squared, const Options& options) {
  const std::vector<PeakCandidate> candidates = peak_candidates(squared, options);
  std::vector<std::int64_t> areas(static_cast<std::size_t>(components.count) + 1);
  for (const Label l : components.labels.pixels()) ++areas[static_cast<std::size_t>(l)];
  std::vector<bool> seeded(areas.size());
  for (const Pixel p : peak_local_max<std::int32_t>(squared.view(), options)) {
    seeded[static_cast<std::size_t>(components.labels[p])] = true;
  }
  std::vector<Label> expected;
  for (Label l = 1; l <= components.count; ++l) {
    if (!seeded[static_cast<std::size_t>(l)]) expected.push_back(l);
  }
  std::vector<Label> found;
  for (const SeedlessObject& object : seedless_objects(components.labels, squared, candidates, options)) {
    found.push_back(object.component);
    EXPECT_EQ(object.area, areas[static_cast<std::size_t>(object.component)]);
    EXPECT_EQ(components.labels[object.summit], object.component);
    const auto own = std::ranges::find_if(
        candidates, [&](const PeakCandidate& c) { return components.labels[c.pixel] == object.component; });
    EXPECT_EQ(object.fate.has_value(), own != candidates.end());
    if (own != candidates.end()) {
      EXPECT_EQ(object.summit, own->pixel);
      EXPECT_EQ(object.fate, own->fate);
      EXPECT_EQ(object.by, own->by);
    } else {
      EXPECT_EQ(object.by, exceeded_by(squared, options, object.summit));
      EXPECT_NE(components.labels[object.by], object.component);
      for (std::size_t i = 0; i < squared.size(); ++i) {
        if (components.labels.pixels()[i] != object.component) continue;
        EXPECT_LE(squared.pixels()[i], squared[object.summit]);
        if (squared.pixels()[i] < squared[object.summit]) continue;
        EXPECT_GE(i, squared.view().index(object.summit.row, object.summit.col));
      }
    }
  }
  EXPECT_EQ(found, expected);
  return found.size();
}

TEST(SeedlessObjects, AreTheComponentsWithoutAPeak) {
  Dice dice(93);
  std::size_t found = 0;
  for (int round = 0; round < 200; ++round) {
    const double share = round % 2 == 0 ? 0.25 : 0.6;
    const Mask mask = noise_mask(roll(dice, 1, 40), roll(dice, 1, 40), static_cast<unsigned>(round), share);
    const Options options = random_options(dice);
    found += expect_seedless(label(mask, Connectivity::four), distance_squared(mask), options);
    found += expect_seedless(label(mask, Connectivity::eight), distance_squared(mask), options);
  }
  EXPECT_GT(found, 1000U);
}

TEST(SeedlessObjects, TellWhyInAPictureWithOneOfEach) {
  Mask mask(60, 60);
  const auto block = [&](int row, int col, int side) {
    for (int r = row; r < row + side; ++r) {
      for (int c = col; c < col + side; ++c) mask[r, c] = 1;
    }
  };
  block(20, 20, 9);  // 1: gets the seed
  block(20, 30, 5);  // 2: pixels of 1 in its window are higher
  block(20, 40, 7);  // 3: gets a seed
  block(33, 22, 7);  // 4: not in the window of 1, but nearer than the minimum distance
  block(50, 3, 5);   // 5: near the border
  block(50, 45, 3);  // 6: low, and near the border
  const Distances squared = distance_squared(mask);
  const Options options{.window = 15, .min_distance = 13, .exclude_border = true, .threshold_abs = 5};
  const auto objects = seedless_objects(label(mask).labels, squared, peak_candidates(squared, options), options);
  ASSERT_EQ(objects.size(), 4U);
  EXPECT_EQ(objects[0].component, 2);
  EXPECT_EQ(objects[0].area, 25);
  EXPECT_EQ(objects[0].summit, (Pixel{22, 32}));
  EXPECT_EQ(objects[0].fate, std::nullopt);
  EXPECT_EQ(objects[0].by, (Pixel{23, 25})) << "16 against its 9, the nearest of three";
  EXPECT_EQ(objects[1].component, 4);
  EXPECT_EQ(objects[1].fate, PeakFate::too_near);
  EXPECT_EQ(objects[1].by, (Pixel{24, 24}));
  EXPECT_EQ(objects[2].component, 5);
  EXPECT_EQ(objects[2].fate, PeakFate::at_border);
  EXPECT_EQ(objects[3].component, 6);
  EXPECT_EQ(objects[3].fate, PeakFate::below_threshold);
}

TEST(SeedlessObjects, OfNothingAreNone) {
  EXPECT_TRUE(seedless_objects(LabelView(), ImageView<const std::int32_t>(), {}, {}).empty());
  EXPECT_TRUE(seedless_objects(LabelImage(3, 3), Distances(3, 3), {}, {}).empty());
}

TEST(SetByUntransposed, SetsWholeRowsAsTheNotebookDoes) {
  const Result<Mask> image = set_by_untransposed({{10, 20}, {30, 40}, {50, 60}}, 100, 100);
  ASSERT_TRUE(image.has_value());
  EXPECT_EQ(std::ranges::count(image->pixels(), 1), 600);
  for (int row = 0; row < 100; ++row) {
    const bool set = row % 10 == 0 && row >= 10 && row <= 60;
    EXPECT_EQ(std::count((*image).view().row(row), (*image).view().row(row) + 100, 1), set ? 100 : 0);
  }
  EXPECT_EQ(std::ranges::count(set_by_untransposed({{1, 1}, {1, 2}}, 4, 7)->pixels(), 1), 14) << "rows 1 and 2";
  EXPECT_EQ(std::ranges::count(set_by_untransposed({}, 4, 7)->pixels(), 1), 0);
}

TEST(SetByUntransposed, RefusesWhatIsNoRowAsNumpyDoes) {
  const Result<Mask> image = set_by_untransposed({{3, 12}}, 10, 20);
  ASSERT_FALSE(image.has_value());
  EXPECT_TRUE(image.error().message.contains("index 12 is out of bounds for axis 0 with size 10"));
  EXPECT_TRUE(set_by_untransposed({{3, 9}}, 10, 20).has_value());
  EXPECT_FALSE(set_by_untransposed({{10, 0}}, 10, 20).has_value());
  EXPECT_EQ((*set_by_untransposed({{-1, -4}}, 4, 1)), image_of<std::uint8_t>({{1}, {0}, {0}, {1}}));
  EXPECT_FALSE(set_by_untransposed({{0, -5}}, 4, 1).has_value());
}

/// The components of the lab's refined masks over the real images, and how they came to be without a seed.
struct Losses {
  int components = 0;
  int seedless = 0;
  int at_border = 0;
  int in_window = 0;
  int unlabelled = 0;  ///< by the watershed
};

void add_losses(const StageValues& values, const Recipe& recipe, Losses& losses) {
  const Options options{.window = recipe.window,
                        .min_distance = recipe.min_distance,
                        .exclude_border = recipe.exclude_border,
                        .threshold_abs = {}};
  const Components components = label(values.refined, recipe.connectivity);
  const Distances& squared = values.distance_squared;
  const auto objects = seedless_objects(components.labels, squared, peak_candidates(squared, options), options);
  losses.components += components.count;
  losses.seedless += static_cast<int>(expect_seedless(components, squared, options));
  for (const SeedlessObject& object : objects) {
    losses.at_border += object.fate == PeakFate::at_border ? 1 : 0;
    losses.in_window += object.fate ? 0 : 1;
  }
  std::vector<bool> labelled(static_cast<std::size_t>(components.count) + 1);
  for (std::size_t i = 0; i < values.labels.size(); ++i) {
    if (values.labels.pixels()[i] != 0) labelled[static_cast<std::size_t>(components.labels.pixels()[i])] = true;
  }
  losses.unlabelled += static_cast<int>(std::count(labelled.begin() + 1, labelled.end(), false));
}

TEST(SeedlessObjects, OnTheRealImagesAreThoseThatTheLabsRecipeLoses) {
  if (!shared_path("nuclei/nuclei_01.tif")) {
    std::puts("NOT TESTED: there is no nuclei/nuclei_01.tif in ../shared (or where FLOODLIGHT_SHARED points)");
    GTEST_SKIP();
  }
  Losses excluded;
  Losses kept;
  for (int number = 1; number <= 25; ++number) {
    const std::optional<std::string> path =
        shared_path((number < 10 ? "nuclei/nuclei_0" : "nuclei/nuclei_") + std::to_string(number) + ".tif");
    ASSERT_TRUE(path.has_value()) << number;
    Pipeline pipeline;
    pipeline.set_image(read_image(*path));
    pipeline.finish();
    add_losses(pipeline.values(), pipeline.recipe(), excluded);
    Recipe recipe;
    recipe.exclude_border = false;
    pipeline.set_recipe(recipe);
    pipeline.finish();
    add_losses(pipeline.values(), recipe, kept);
  }
  EXPECT_EQ(excluded.components, 2260);
  EXPECT_EQ(excluded.seedless, 301);
  EXPECT_EQ(excluded.at_border, 287);
  EXPECT_EQ(excluded.in_window, 14);
  EXPECT_EQ(excluded.unlabelled, 301) << "no seed, no label";
  EXPECT_EQ(kept.components, 2260);
  EXPECT_EQ(kept.seedless, 14) << "all but those that a neighbour exceeds get their seed back";
  EXPECT_EQ(kept.in_window, 14);
  EXPECT_EQ(kept.unlabelled, 14);
}

}  // namespace
}  // namespace floodlight::test
