// The network that comes with the program is the one that was chosen, and finds nuclei.
#include "core/samples/shipped_network.h"

#include <algorithm>
#include <span>

#include <gtest/gtest.h>

#include "core/pipeline/network_recipe.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "core/score/score.h"
#include "core/simulate/simulate.h"
#include "core/simulate/varied_fields.h"
#include "tests/core/sha256.h"

namespace floodlight::test {
namespace {

LabelImage labels_of(const Image<float>& image) {
  Pipeline pipeline;
  pipeline.set_recipe(network_recipe(shipped_network()));
  pipeline.set_image(image);
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure());
  return pipeline.values().labels;
}

TEST(ShippedNetwork, HasTheWeightsThatWereChosen) {
  const auto network = shipped_network();
  EXPECT_EQ(network->net.weights.size(), 16467U);
  EXPECT_EQ(network->net.shape, shipped_network_settings().shape);
  EXPECT_TRUE(check_training_settings(shipped_network_settings()));
  const auto bytes = weight_bytes(network->net);
  EXPECT_EQ(sha256(std::as_bytes(std::span(bytes))),
            "f6393a1630416291f6ccc4d10696b5fec06c05ad23be4c5365f268803dff3ca3");
}

TEST(ShippedNetwork, GivesTheSameLabelsInEveryBuild) {
  const LabelImage labels = labels_of(make_sample("nuclei_01").value().pixels);
  EXPECT_EQ(sha256(std::as_bytes(std::as_const(labels).pixels())),
            "4667a22d74dc84bd65a354174d7d541f0d332e2111a1884512f510e3b4bfb524");
}

TEST(ShippedNetwork, FindsTheNucleiOfFieldsThatItNeverSaw) {
  double f1 = 0;
  constexpr int fields = 6;
  for (int i = 0; i < fields; ++i) {
    const VariedField field = kept_back_field(1, i);
    const Simulated simulated = Simulator().take(field.parameters, field.seeds);
    f1 += score(labels_of(simulated.pixels), simulated.truth).value().f1 / fields;
  }
  EXPECT_GT(f1, 0.7);
}

}  // namespace
}  // namespace floodlight::test
