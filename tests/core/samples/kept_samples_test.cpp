// Samples look as they did when links to them were first sent: tests/data/kept_samples.json has what each one was, pixel for
// pixel. It is never written anew; a new sample is added to it.
#include <cstddef>
#include <span>
#include <string>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/samples/samples.h"
#include "core/simulate/simulation_parameters.h"
#include "tests/core/reference.h"
#include "tests/core/sha256.h"

namespace floodlight {
namespace {

template <typename T>
std::string digest(const Image<T>& image) {
  return std::to_string(image.rows()) + " x " + std::to_string(image.cols()) + ", " +
         test::sha256(std::as_bytes(image.pixels()));
}

/// Of the 25 fields of one experiment, which are made alike, a plain one and those with a fault stand for all.
bool is_looked_at(const SampleInfo& info) {
  return info.group != SampleGroup::population || info.id == "nuclei_01" || info.id == "nuclei_07" ||
         info.id == "nuclei_15" || info.id == "nuclei_22";
}

Json description(const SampleInfo& info) {
  Json::Object object;
  object.emplace_back("sample", info.id);
  object.emplace_back("recipe", recipe_to_json(info.recipe));
  if (info.simulation) {
    Json::Object knobs;
    for (const auto& p : simulation_parameters()) {
      knobs.emplace_back(std::string(p.key), shortest(p.get(info.simulation->parameters)));
    }
    object.emplace_back("parameters", std::move(knobs));
    object.emplace_back("specimen", std::to_string(info.simulation->seeds.specimen));
    object.emplace_back("exposure", std::to_string(info.simulation->seeds.exposure));
  }
  if (is_looked_at(info)) {
    const Sample sample = make_sample(info.id).value();
    object.emplace_back("pixels", digest(sample.pixels));
    object.emplace_back("truth", sample.truth ? Json(digest(*sample.truth)) : Json());
    object.emplace_back("maximum", sample.type_maximum);
    object.emplace_back("pixel_size_um", sample.pixel_size_um ? Json(*sample.pixel_size_um) : Json());
  }
  return Json(std::move(object));
}

TEST(KeptSamples, LookAsTheyDidThen) {
  const Json kept = test::read_json(test::data_path("kept_samples.json"));
  ASSERT_NE(kept.array(), nullptr);
  ASSERT_EQ(kept.array()->size(), samples().size());
  for (std::size_t i = 0; i < samples().size(); ++i) {
    EXPECT_EQ(description(samples()[i]).text(), (*kept.array())[i].text());
  }
}

}  // namespace
}  // namespace floodlight
