// The recorded flood: the labels of the watershed, and a record that replays to them.
#include "core/explain/flood.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "core/segment/distance_transform.h"
#include "core/segment/filter.h"
#include "core/segment/label.h"
#include "core/segment/peaks.h"
#include "core/segment/threshold.h"
#include "tests/core/explain/flood_scenes.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

std::vector<Scene> scenes() {
  std::vector<Pixel> shapes = odd_shapes();
  shapes.push_back({40, 50});
  std::vector<Scene> all;
  for (const Pixel shape : shapes) {
    for (const int levels : {0, 2, 100}) {
      for (const double share : {0.4, 0.8, 1.0}) all.push_back(scene(shape, 91, levels, share));
    }
  }
  return all;
}

std::vector<WatershedOptions> every_option() {
  std::vector<WatershedOptions> all;
  for (const Connectivity c : {Connectivity::four, Connectivity::eight}) {
    for (const bool line : {false, true}) {
      for (const double compactness : {0.0, 0.25}) all.push_back({c, line, compactness});
    }
  }
  return all;
}

template <typename T>
Image<T> negated(Image<T> image) {
  for (T& value : image.pixels()) value = -value;
  return image;
}

std::vector<Pixel> neighbours_of(Pixel p, Connectivity connectivity) {
  std::vector<Pixel> all{{p.row - 1, p.col}, {p.row, p.col - 1}, {p.row, p.col + 1}, {p.row + 1, p.col}};
  if (connectivity == Connectivity::eight) {
    for (const int row : {p.row - 1, p.row + 1}) {
      for (const int col : {p.col - 1, p.col + 1}) all.push_back({row, col});
    }
  }
  return all;
}

bool are_neighbours(Pixel a, Pixel b, Connectivity connectivity) {
  return std::ranges::count(neighbours_of(a, connectivity), b) > 0;
}

/// What holds for the record of any flood.
void expect_sound(const Flood& f, const LabelImage& markers, Connectivity connectivity) {
  ASSERT_EQ(f.from.size(), f.labels.size());
  for (std::size_t t = 0; t < f.sequence.size(); ++t) {
    ASSERT_EQ(f.taken.pixels()[f.sequence[t]], static_cast<std::int32_t>(t));
  }
  std::size_t taken = 0;
  for (std::uint32_t i = 0; i < f.labels.size(); ++i) {
    const Pixel p = pixel_at(f, i);
    const std::int32_t time = f.taken[p];
    if (time < 0) {
      ASSERT_EQ(time, -1);
      ASSERT_EQ(f.pushed[p], -1);
      ASSERT_EQ(f.from[i], i);
      ASSERT_EQ(f.labels[p], 0);
      ASSERT_TRUE(flood_path(f, p).empty());
      continue;
    }
    ++taken;
    const std::uint32_t from = f.from[i];
    if (from == i) {
      ASSERT_EQ(f.pushed[p], 0);
      ASSERT_NE(markers[p], 0);
    } else {
      ASSERT_TRUE(are_neighbours(p, pixel_at(f, from), connectivity));
      ASSERT_EQ(f.pushed[p], f.taken.pixels()[from] + 1);
      ASSERT_EQ(markers[p], 0);
    }
    ASSERT_LE(f.pushed[p], time);
  }
  ASSERT_EQ(taken, f.sequence.size());
}

/// The paths begin at a seed of the pixel's label and end at the pixel.
void expect_sound_paths(const Flood& f, const LabelImage& markers, Connectivity connectivity) {
  for (const std::uint32_t flat_index : f.sequence) {
    const Pixel p = pixel_at(f, flat_index);
    const std::vector<Pixel> path = flood_path(f, p);
    ASSERT_EQ(path.back(), p);
    ASSERT_NE(markers[path.front()], 0);
    if (f.labels[p] != 0) ASSERT_EQ(markers[path.front()], f.labels[p]);
    for (std::size_t i = 1; i < path.size(); ++i) {
      ASSERT_LT(f.taken[path[i - 1]], f.taken[path[i]]);
      ASSERT_TRUE(are_neighbours(path[i - 1], path[i], connectivity));
    }
  }
}

TEST(Flood, LabelsAsTheWatershedDoesInEveryVariant) {
  for (const Scene& s : scenes()) {
    for (const WatershedOptions& options : every_option()) {
      for (const MaskView mask : {s.mask.view(), MaskView()}) {
        const Flood f = flood<double>(s.image.view(), s.markers, mask, options);
        ASSERT_EQ(f.labels, watershed<double>(s.image.view(), s.markers, mask, options));
        expect_sound(f, s.markers, options.connectivity);
        expect_sound_paths(f, s.markers, options.connectivity);
        if (HasFatalFailure()) return;
        if (options.compactness > 0) continue;
        const Flood single = flood<float>(converted<float>(s.image).view(), s.markers, mask, options);
        ASSERT_EQ(single.labels, f.labels);
        ASSERT_EQ(single.sequence, f.sequence);
        const Flood whole = flood<std::int32_t>(converted<std::int32_t>(s.image).view(), s.markers, mask, options);
        ASSERT_EQ(whole.labels, f.labels);
        ASSERT_EQ(whole.sequence, f.sequence);
      }
    }
  }
}

/// A queue kept by the book: a list that is searched for its smallest entry.
struct Waiting {
  Pixel pixel;
  double level = 0;
  int age = 0;
};

/// Takes pixel after pixel as the record says, pushes as the specification says, and compares at every step.
void replay(const Scene& s, const Flood& f, Connectivity connectivity) {
  LabelImage labels(s.image.rows(), s.image.cols());
  std::vector<Waiting> queue;
  for (int row = 0; row < labels.rows(); ++row) {
    for (int col = 0; col < labels.cols(); ++col) {
      if (s.mask[row, col] == 0 || s.markers[row, col] == 0) continue;
      labels[row, col] = s.markers[row, col];
      queue.push_back({{row, col}, s.image[row, col], 0});
    }
  }
  const std::vector<std::int32_t> lengths = queue_lengths(f);
  ASSERT_EQ(lengths.size(), f.sequence.size() + 1);
  int age = 1;
  double water = -1e9;
  for (std::size_t t = 0; t < f.sequence.size(); ++t) {
    const auto time = static_cast<std::int32_t>(t);
    ASSERT_EQ(lengths[t], static_cast<int>(queue.size()));
    const std::vector<QueueEntry> shown = queue_at(f, time, static_cast<int>(queue.size()) + 5);
    ASSERT_EQ(shown.size(), queue.size());
    for (const QueueEntry& entry : shown) {
      ASSERT_EQ(std::ranges::count(queue, entry.pixel, &Waiting::pixel), 1);
      ASSERT_EQ(entry.label, labels[entry.pixel]);
      ASSERT_EQ(entry.taken, f.taken[entry.pixel]);
      ASSERT_EQ(entry.waits_since, f.pushed[entry.pixel]);
    }
    ASSERT_TRUE(std::ranges::is_sorted(shown, {}, &QueueEntry::taken));
    const Pixel p = pixel_at(f, f.sequence[t]);
    ASSERT_EQ(shown.front().pixel, p);
    const auto popped = std::ranges::find(queue, p, &Waiting::pixel);
    ASSERT_NE(popped, queue.end());
    const double level = popped->level;
    for (const Waiting& other : queue) {
      ASSERT_FALSE(std::pair(other.level, other.age) < std::pair(level, popped->age));
    }
    ASSERT_GE(level, water);
    water = level;
    queue.erase(popped);
    std::vector<Pixel> pushed;
    for (const Pixel n : neighbours_of(p, connectivity)) {
      if (!labels.contains(n) || s.mask[n] == 0 || labels[n] != 0) continue;
      labels[n] = labels[p];
      queue.push_back({n, std::max(s.image[n], level), ++age});
      pushed.push_back(n);
    }
    std::ranges::sort(pushed, {}, [&](Pixel n) { return f.taken[n]; });
    ASSERT_EQ(pushed_by_step(f, time), pushed);
  }
  ASSERT_TRUE(queue.empty());
  ASSERT_EQ(lengths.back(), 0);
  ASSERT_TRUE(queue_at(f, static_cast<std::int32_t>(f.sequence.size()), 10).empty());
  ASSERT_EQ(labels, f.labels);
}

TEST(Flood, ReplaysStepByStepThroughAQueueKeptByTheBook) {
  for (const Pixel shape : {Pixel{1, 1}, {1, 9}, {2, 2}, {9, 2}, {17, 23}, {24, 24}}) {
    for (const int levels : {0, 2, 100}) {
      for (const double share : {0.5, 0.9, 1.0}) {
        for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
          const Scene s = scene(shape, 17, levels, share);
          replay(s, flood<double>(s.image.view(), s.markers, s.mask, {.connectivity = connectivity}), connectivity);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST(Flood, ShowsNoMoreOfTheQueueThanAsked) {
  const Scene s = scene({20, 20}, 5, 10, 1);
  const Flood f = flood<double>(s.image.view(), s.markers, s.mask);
  const std::vector<QueueEntry> all = queue_at(f, 50, 1000);
  const std::vector<QueueEntry> head = queue_at(f, 50, 4);
  ASSERT_GT(all.size(), 4U);
  ASSERT_EQ(head.size(), 4U);
  for (std::size_t i = 0; i < head.size(); ++i) EXPECT_EQ(head[i].pixel, all[i].pixel);
  EXPECT_TRUE(queue_at(f, 50, 0).empty());
}

/// The meetings that a search through all steps finds: labels are given when pushed, unless with compactness.
std::vector<FloodMeeting> plain_meetings(const Flood& f, Connectivity connectivity, bool when_taken) {
  std::vector<FloodMeeting> found;
  std::set<std::pair<Label, Label>> pairs;
  for (const std::uint32_t flat_index : f.sequence) {
    const Pixel p = pixel_at(f, flat_index);
    const std::int32_t now = f.taken[p];
    for (const Pixel n : neighbours_of(p, connectivity)) {
      if (!f.labels.contains(n) || f.taken[n] < 0) continue;
      const bool has_label = f.pushed[n] == 0 || (when_taken ? f.taken[n] < now : f.pushed[n] <= now);
      if (!has_label || f.labels[n] == f.labels[p]) continue;
      if (pairs.insert(std::minmax({f.labels[n], f.labels[p]})).second)
        found.push_back({now, p, n, f.labels[p], f.labels[n]});
    }
  }
  return found;
}

void expect_meetings(const std::vector<FloodMeeting>& found, const std::vector<FloodMeeting>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    ASSERT_EQ(found[i].time, expected[i].time);
    ASSERT_EQ(found[i].at, expected[i].at);
    ASSERT_EQ(found[i].other, expected[i].other);
    ASSERT_EQ(found[i].first, expected[i].first);
    ASSERT_EQ(found[i].second, expected[i].second);
  }
}

TEST(Flood, MeetingsAreTheFirstTouchOfEachPairOfLabels) {
  for (const Scene& s : scenes()) {
    for (const WatershedOptions& options : every_option()) {
      if (options.line && options.compactness == 0) continue;
      const Flood f = flood<double>(s.image.view(), s.markers, s.mask, options);
      expect_meetings(f.meetings, plain_meetings(f, options.connectivity, options.compactness > 0));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Flood, WithALineTwoFloodsMeetAtTheLine) {
  const Image<float> image = image_of<float>({{0, 1, 2, 3, 2, 1, 0}});
  const LabelImage markers = image_of<Label>({{4, 0, 0, 0, 0, 0, 9}});
  const Flood plain = flood<float>(image.view(), markers, {});
  expect_meetings(plain.meetings, {{.time = 5, .at = {0, 4}, .other = {0, 3}, .first = 9, .second = 4}});
  const Flood line = flood<float>(image.view(), markers, {}, {.line = true});
  ASSERT_EQ(line.labels, image_of<Label>({{4, 4, 4, 0, 9, 9, 9}}));
  expect_meetings(line.meetings, {{.time = 6, .at = {0, 3}, .other = {0, 4}, .first = 4, .second = 9}});
  EXPECT_EQ(flood_path(line, {0, 3}), (std::vector<Pixel>{{0, 0}, {0, 1}, {0, 2}, {0, 3}}));
  for (const Scene& s : scenes()) {
    const Flood f = flood<double>(s.image.view(), s.markers, s.mask, {.line = true});
    std::set<std::pair<Label, Label>> pairs;
    for (const FloodMeeting& m : f.meetings) {
      ASSERT_EQ(f.taken[m.at], m.time);
      ASSERT_EQ(f.labels[m.other], m.second);
      ASSERT_TRUE(f.labels[m.at] == 0 || f.labels[m.at] == m.first);
      ASSERT_TRUE(pairs.insert(std::minmax({m.first, m.second})).second);
    }
    ASSERT_TRUE(std::ranges::is_sorted(f.meetings, {}, &FloodMeeting::time));
  }
}

TEST(Flood, OfAStressMaskIsThatOfTheWatershedWithAndWithoutMinusAndMask) {
  for (const Image<float>& page : read_pages(data_path("stress_masks.tif"))) {
    const Mask mask = above(page, 0);
    const Image<std::int32_t> squared = distance_squared(mask);
    const auto peaks = peak_local_max<std::int32_t>(squared.view(), {.min_distance = 1, .exclude_border = false});
    const LabelImage seeds = seeds_from_peaks(peaks, mask.rows(), mask.cols()).labels;
    for (const auto& landscape : {negated(squared), squared}) {
      for (const MaskView m : {mask.view(), MaskView()}) {
        for (const WatershedOptions& options : every_option()) {
          if (options.compactness > 0) continue;
          const Flood f = flood<std::int32_t>(landscape.view(), seeds, m, options);
          ASSERT_EQ(f.labels, watershed<std::int32_t>(landscape.view(), seeds, m, options));
          expect_sound(f, seeds, options.connectivity);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST(Flood, OfRealNucleiIsThatOfTheWatershed) {
  for (const char* name : {"nuclei/nuclei_01.tif", "nuclei/nuclei_12.tif", "nuclei/nuclei_25.tif"}) {
    const auto path = shared_path(name);
    if (!path) {
      std::printf("NOT TESTED: there is no %s in ../shared (or where FLOODLIGHT_SHARED points)\n", name);
      GTEST_SKIP();
    }
    const Image<float> filtered = gaussian(read_image(*path), 1);
    const Mask mask = above(filtered, threshold(filtered, ThresholdMethod::otsu).value());
    const Image<std::int32_t> squared = distance_squared(mask);
    const auto peaks = peak_local_max<std::int32_t>(squared.view(), {.window = 25, .min_distance = 10});
    const LabelImage seeds = seeds_from_peaks(peaks, mask.rows(), mask.cols()).labels;
    for (const WatershedOptions& options : every_option()) {
      if (options.compactness > 0) {
        const Image<double> landscape = negated(distance(squared));
        const Flood f = flood<double>(landscape.view(), seeds, mask, options);
        ASSERT_EQ(f.labels, watershed<double>(landscape.view(), seeds, mask, options)) << name;
        expect_sound(f, seeds, options.connectivity);
        continue;
      }
      const Image<std::int32_t> landscape = negated(squared);
      const Flood f = flood<std::int32_t>(landscape.view(), seeds, mask, options);
      ASSERT_EQ(f.labels, watershed<std::int32_t>(landscape.view(), seeds, mask, options)) << name;
      expect_sound(f, seeds, options.connectivity);
      const Image<float> intensity = negated(filtered);
      ASSERT_EQ(flood<float>(intensity.view(), seeds, MaskView(), options).labels,
                watershed<float>(intensity.view(), seeds, MaskView(), options))
          << name;
    }
  }
}

TEST(Flood, WithoutSeedsOrWithoutPixelsTakesNothing) {
  const Image<float> image(3, 3);
  const Flood dry = flood<float>(image.view(), LabelImage(3, 3), {});
  EXPECT_EQ(dry.labels, LabelImage(3, 3));
  EXPECT_TRUE(dry.sequence.empty());
  EXPECT_EQ(queue_lengths(dry), std::vector<std::int32_t>{0});
  EXPECT_TRUE(flood_path(dry, {1, 1}).empty());
  const Flood nothing = flood<float>(FloatView(), LabelView(), MaskView());
  EXPECT_TRUE(nothing.labels.empty());
  EXPECT_EQ(queue_lengths(nothing), std::vector<std::int32_t>{0});
}

TEST(Flood, PausesOnALargeImageAndCanBeDropped) {
  const Scene s = scene({300, 400}, 3, 50, 1.0);
  Sliced<Flood> work = flood_in_slices<double>(s.image.view(), s.markers, s.mask, {});
  int slices = 1;
  while (work.advance()) ++slices;
  EXPECT_GE(slices, 20);
  EXPECT_EQ(work.take().labels, watershed<double>(s.image.view(), s.markers, s.mask));
  Sliced<Flood> dropped = flood_in_slices<double>(s.image.view(), s.markers, s.mask, {});
  EXPECT_TRUE(dropped.advance());
  EXPECT_TRUE(dropped.advance());
}

// --- the drop -------------------------------------------------------------------------------------------------------

/// What holds for any drop. Whether its way over a plateau was the shortest is tested apart.
void expect_sound_drop(const Scene& s, MaskView mask, const Flood& f, Pixel from, Connectivity connectivity) {
  const DropPath path = drop<double>(s.image.view(), mask, s.markers, f, from, connectivity);
  const auto open = [&](Pixel p) { return s.image.contains(p) && (mask.empty() || mask[p] != 0); };
  ASSERT_EQ(path.run.front(), from);
  ASSERT_EQ(path.flooded, f.labels[from]);
  if (!open(from)) {
    ASSERT_EQ(path.run.size(), 1U);
    ASSERT_FALSE(path.reached_seed);
    ASSERT_TRUE(path.overflow.empty());
    ASSERT_EQ(path.label, 0);
    return;
  }
  bool level = false;
  for (std::size_t i = 1; i < path.run.size(); ++i) {
    const Pixel a = path.run[i - 1];
    const Pixel b = path.run[i];
    ASSERT_TRUE(open(b) && are_neighbours(a, b, connectivity));
    ASSERT_LE(s.image[b], s.image[a]);
    ASSERT_EQ(s.markers[a], 0);
    double lowest = s.image[a];
    for (const Pixel n : neighbours_of(a, connectivity)) {
      if (open(n)) lowest = std::min(lowest, s.image[n]);
    }
    // Level only where there is no way down, or on a plateau that is being crossed.
    if (s.image[b] < s.image[a]) {
      ASSERT_EQ(s.image[b], lowest);
    } else {
      level = true;
      ASSERT_EQ(lowest, s.image[a]);
    }
  }
  ASSERT_EQ(path.crossed_plateau, level);
  const Pixel end = path.run.back();
  if (path.reached_seed) {
    ASSERT_EQ(path.label, s.markers[end]);
    ASSERT_NE(path.label, 0);
    ASSERT_TRUE(path.overflow.empty());
    ASSERT_EQ(path.rim, end);
    return;
  }
  ASSERT_EQ(s.markers[end], 0);
  for (const Pixel n : neighbours_of(end, connectivity)) {
    if (open(n)) ASSERT_GE(s.image[n], s.image[end]);
  }
  if (f.taken[end] < 0) {
    ASSERT_EQ(path.label, 0);
    ASSERT_TRUE(path.overflow.empty());
    return;
  }
  ASSERT_EQ(path.overflow.front(), end);
  const Pixel seed = path.overflow.back();
  ASSERT_NE(path.label, 0);
  ASSERT_EQ(path.label, s.markers[seed]);
  if (f.labels[end] != 0) ASSERT_EQ(path.label, f.labels[end]);
  for (const Pixel p : path.overflow) ASSERT_LE(s.image[p], s.image[path.rim]);
  ASSERT_EQ(std::ranges::count(path.overflow, path.rim), 1);
  std::vector<Pixel> back(path.overflow.rbegin(), path.overflow.rend());
  ASSERT_EQ(back, flood_path(f, end));
}

TEST(Drop, RunsDownhillToASeedOrAPitAndOverflowsOnTheFloodsWay) {
  for (const Pixel shape : {Pixel{1, 1}, {1, 9}, {7, 3}, {30, 34}}) {
    for (const int levels : {0, 2, 12, 200}) {
      for (const double share : {0.6, 1.0}) {
        const Scene s = scene(shape, 23, levels, share);
        for (const WatershedOptions& options : every_option()) {
          for (const MaskView mask : {s.mask.view(), MaskView()}) {
            const Flood f = flood<double>(s.image.view(), s.markers, mask, options);
            for (int row = 0; row < shape.row; ++row) {
              for (int col = 0; col < shape.col; ++col) {
                expect_sound_drop(s, mask, f, {row, col}, options.connectivity);
                if (HasFatalFailure()) return;
              }
            }
          }
        }
      }
    }
  }
}

/// All values different, a seed in every pit.
Scene without_plateaus(int rows, int cols, unsigned seed, Connectivity connectivity) {
  Scene s{Image<double>(rows, cols), LabelImage(rows, cols), noise_mask(rows, cols, seed, 0.9)};
  std::vector<std::pair<float, std::size_t>> order;
  const Image<float> values = noise(rows, cols, seed + 1, 1000);
  for (std::size_t i = 0; i < values.size(); ++i) order.emplace_back(values.pixels()[i], i);
  std::ranges::sort(order);
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    s.image.pixels()[order[rank].second] = static_cast<double>(rank);
  Label last = 0;
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      const auto n = neighbours_of({row, col}, connectivity);
      const bool pit = std::ranges::none_of(
          n, [&](Pixel q) { return s.image.contains(q) && s.mask[q] != 0 && s.image[q] < s.image[row, col]; });
      if (pit && s.mask[row, col] != 0) s.markers[row, col] = ++last;
    }
  }
  return s;
}

TEST(Drop, EndsInTheBasinOfTheFloodWhereThereAreNoPlateausAndEveryPitHasASeed) {
  for (const Connectivity connectivity : {Connectivity::four, Connectivity::eight}) {
    for (unsigned seed = 1; seed <= 10; ++seed) {
      const Scene s = without_plateaus(40, 50, seed, connectivity);
      const Flood f = flood<double>(s.image.view(), s.markers, s.mask, {.connectivity = connectivity});
      for (int row = 0; row < 40; ++row) {
        for (int col = 0; col < 50; ++col) {
          const DropPath path = drop<double>(s.image.view(), s.mask, s.markers, f, {row, col}, connectivity);
          ASSERT_EQ(path.label, path.flooded);
          ASSERT_EQ(path.label, (f.labels[row, col]));
          ASSERT_FALSE(path.crossed_plateau);
          ASSERT_EQ(path.reached_seed, (s.mask[row, col] != 0));
        }
      }
    }
  }
}

TEST(Drop, TakesTheShortestWayOverAPlateauToItsNearestEdge) {
  const Image<float> image = image_of<float>({{5, 5, 5, 5, 5, 5}, {9, 5, 9, 9, 9, 4}, {9, 3, 9, 9, 9, 9}});
  const LabelImage markers = image_of<Label>({{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 2}, {0, 1, 0, 0, 0, 0}});
  const Flood f = flood<float>(image.view(), markers, {});
  const auto run_from = [&](int col, Connectivity c) {
    const DropPath path = drop<float>(image.view(), {}, markers, f, {0, col}, c);
    EXPECT_TRUE(path.crossed_plateau);
    return path.run;
  };
  EXPECT_EQ(run_from(2, Connectivity::four), (std::vector<Pixel>{{0, 2}, {0, 1}, {1, 1}, {2, 1}}));
  EXPECT_EQ(run_from(3, Connectivity::four), (std::vector<Pixel>{{0, 3}, {0, 4}, {0, 5}, {1, 5}}));
  EXPECT_EQ(run_from(2, Connectivity::eight), (std::vector<Pixel>{{0, 2}, {1, 1}, {2, 1}}));
}

TEST(Drop, StopsAtASeedOnAPlateauOfSeveral) {
  const Image<float> image(1, 9);
  const LabelImage markers = image_of<Label>({{1, 0, 0, 0, 0, 0, 2, 0, 0}});
  const Flood f = flood<float>(image.view(), markers, {});
  const DropPath path = drop<float>(image.view(), {}, markers, f, {0, 4}, Connectivity::four);
  EXPECT_EQ(path.run, (std::vector<Pixel>{{0, 4}, {0, 5}, {0, 6}}));
  EXPECT_EQ(path.label, 2);
  EXPECT_TRUE(drop<float>(image.view(), {}, markers, f, {0, 6}, Connectivity::four).reached_seed);
}

TEST(Drop, OutOfAPitItFlowsOverTheRimOverWhichTheFloodCame) {
  const Image<float> image = image_of<float>({{0, 3, 7, 4, 2, 6, 9, 1}});
  const LabelImage markers = image_of<Label>({{8, 0, 0, 0, 0, 0, 0, 5}});
  const Flood f = flood<float>(image.view(), markers, {});
  const DropPath path = drop<float>(image.view(), {}, markers, f, {0, 5}, Connectivity::four);
  EXPECT_EQ(path.run, (std::vector<Pixel>{{0, 5}, {0, 4}}));
  EXPECT_FALSE(path.reached_seed);
  EXPECT_EQ(path.overflow, (std::vector<Pixel>{{0, 4}, {0, 3}, {0, 2}, {0, 1}, {0, 0}}));
  EXPECT_EQ(path.rim, (Pixel{0, 2}));
  EXPECT_EQ(path.label, 8);
  EXPECT_EQ(path.flooded, 8);
}

TEST(Drop, OfEquallyLowNeighboursTakesTheFirstInRasterOrder) {
  const Image<float> image = image_of<float>({{9, 1, 9}, {1, 5, 1}, {1, 1, 1}});
  LabelImage markers(3, 3);
  for (const Pixel p : {Pixel{0, 1}, {1, 0}, {1, 2}, {2, 1}}) markers[p] = 1 + 3 * p.row + p.col;
  const Flood f = flood<float>(image.view(), markers, {});
  EXPECT_EQ(drop<float>(image.view(), {}, markers, f, {1, 1}, Connectivity::four).run.back(), (Pixel{0, 1}));
}

TEST(Drop, MayDifferFromTheFloodOnAPlateau) {
  // Both floods walk over the plateau, the one from the lower side first. The drop in the middle knows nothing of that:
  // of two edges equally near it takes the first.
  const Image<float> image = image_of<float>({{3, 5, 5, 5, 5, 5, 0}});
  const LabelImage markers = image_of<Label>({{1, 0, 0, 0, 0, 0, 2}});
  const Flood f = flood<float>(image.view(), markers, {});
  for (int col = 0; col < 7; ++col) {
    const DropPath path = drop<float>(image.view(), {}, markers, f, {0, col}, Connectivity::four);
    EXPECT_EQ(path.flooded, col < 3 ? 1 : 2);
    EXPECT_EQ(path.label, col <= 3 ? 1 : 2);
    EXPECT_EQ(path.crossed_plateau, col >= 2 && col <= 4);
  }
}

}  // namespace
}  // namespace floodlight::test
