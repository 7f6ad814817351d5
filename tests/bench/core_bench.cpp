// Times the core's operations on simulated fields; one line each: what, size, milliseconds. Natively and as WebAssembly.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/explain/flood.h"
#include "core/pipeline/pipeline.h"
#include "core/score/nucleus_life.h"
#include "core/score/score.h"
#include "core/segment/distance_transform.h"
#include "core/segment/fill_holes.h"
#include "core/segment/histogram.h"
#include "core/segment/label.h"
#include "core/segment/measure.h"
#include "core/segment/morphology.h"
#include "core/segment/peaks.h"
#include "core/segment/small_regions.h"
#include "core/segment/watershed.h"
#include "core/simulate/simulate.h"
#include "tests/bench/timing.h"
#include "tests/core/rows.h"

namespace floodlight {
namespace {

/// The longest time for which a pipeline keeps a page waiting.
double longest_slice(const Image<float>& image) {
  Pipeline pipeline;
  pipeline.set_image(image);
  double longest = 0;
  for (bool more = true; more;) {
    const auto start = std::chrono::steady_clock::now();
    more = pipeline.advance();
    longest =
        std::max(longest, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return longest;
}

void measure(int size) {
  SimulationParameters parameters;
  parameters.rows = parameters.cols = size;
  Simulator simulator;
  const auto picture = simulator.take(parameters, {});
  const Image<float>& image = picture.pixels;

  row("median, 3 x 3", size, [&] { return median(image, 3); });
  row("median, 5 x 5", size, [&] { return median(image, 5); });
  row("median, 11 x 11", size, [&] { return median(image, 11); });
  row("median, 31 x 31", size, [&] { return median(image, 31); });
  row("mean, 5 x 5", size, [&] { return mean(image, 5); });
  row("gaussian, sigma 1", size, [&] { return gaussian(image, 1); });
  row("gaussian, sigma 10", size, [&] { return gaussian(image, 10); });
  row("histogram, 256 bins", size, [&] { return histogram(image); });
  row("threshold, Otsu", size, [&] { return test::cutoff_of(image, thresholds::otsu); });
  row("threshold, Li", size, [&] { return test::cutoff_of(image, thresholds::li); });

  Pipeline pipeline;
  pipeline.set_image(image);
  pipeline.finish();
  const StageValues& v = pipeline.values();
  row("above a cutoff", size, [&] { return above(v.filtered, v.thresholded.cutoff); });
  row("label, 8 neighbours", size, [&] { return label(MaskView(v.thresholded.mask)); });
  row("remove small objects", size, [&] { return remove_small_objects(v.thresholded.mask, 10); });
  row("fill holes", size, [&] { return fill_holes(v.thresholded.mask); });
  row("closing, disk(1)", size, [&] { return closing(v.thresholded.mask, {FootprintShape::disk, 1}); });
  row("closing, disk(5)", size, [&] { return closing(v.thresholded.mask, {FootprintShape::disk, 5}); });
  row("distance transform", size, [&] { return distance_squared(v.refined); });
  row("peaks, 25 x 25", size,
      [&] { return peak_local_max<std::int32_t>(v.distance_squared.view(), {25, 10, true, std::nullopt}); });
  Image<std::int32_t> landscape = v.distance_squared;
  for (std::int32_t& value : landscape.pixels()) value = -value;
  row("watershed", size, [&] { return watershed<std::int32_t>(landscape.view(), v.seeds.labels, v.refined, {}); });
  row("watershed, recorded", size,
      [&] { return flood<std::int32_t>(landscape.view(), v.seeds.labels, v.refined, {}); });
  row("region properties", size, [&] { return region_properties(v.labels, v.raw); });
  row("score", size, [&] { return score(v.labels, picture.truth); });
  const Score of_field = score(v.labels, picture.truth).value();
  row("the life of every nucleus", size, [&] { return nucleus_lives(v, pipeline.recipe(), picture.truth, of_field); });
  row("the lab's recipe, all stages", size, [&] {
    Pipeline whole;
    whole.set_image(image);
    whole.finish();
    return whole.values().nuclei;
  });
  std::printf("the lab's recipe, longest slice\t%d\t%.3f\n", size, longest_slice(image));
  if (size > 512) return;

  SimulationSeeds seeds;
  row("simulator, new specimen", size, [&] {
    ++seeds.specimen;
    return simulator.take(parameters, seeds);
  });
  row("simulator, another exposure", size, [&] {
    ++seeds.exposure;
    return simulator.take(parameters, seeds);
  });
  row("a turn of the exposure's knob, to the score", size, [&] {
    parameters.exposure *= 1.01;
    auto taken = simulator.take(parameters, seeds);
    pipeline.replace_image(std::move(taken.pixels));
    pipeline.finish();
    const auto scored = score(v.labels, taken.truth).value();
    return fate_image(v.labels, taken.truth, scored);
  });
}

}  // namespace
}  // namespace floodlight

int main() {
  for (const int size : {512, 2048}) {
    floodlight::measure(size);
    floodlight::measure_learning(size);
  }
  return 0;
}
