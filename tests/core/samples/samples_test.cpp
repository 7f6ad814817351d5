// The samples: what their numbers are, and that their recipes fit them.
#include "core/samples/samples.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "core/pipeline/pipeline.h"
#include "core/samples/population.h"
#include "core/score/score.h"
#include "core/simulate/simulation_parameters.h"

namespace floodlight {
namespace {

const SampleInfo& info(std::string_view id) {
  for (const SampleInfo& s : samples())
    if (s.id == id) return s;
  ADD_FAILURE() << "no sample " << id;
  return samples().front();
}

struct Outcome {
  Sample sample;
  Label found = 0;
  int objects = 0;  // of the mask, 8 neighbours
  Score score;
};

Outcome run(std::string_view id, const Recipe& recipe) {
  Outcome result;
  result.sample = make_sample(id).value();
  Pipeline pipeline;
  pipeline.set_image(result.sample.pixels);
  pipeline.set_recipe(recipe);
  pipeline.finish();
  EXPECT_FALSE(pipeline.failure()) << id;
  result.found = pipeline.values().nuclei;
  result.objects = pipeline.values().components.count;
  if (result.sample.truth) result.score = score(pipeline.values().labels, *result.sample.truth).value();
  return result;
}
Outcome run(std::string_view id) { return run(id, info(id).recipe); }

TEST(Samples, EachHasItsOwnIdATitleAndALine) {
  std::set<std::string_view> ids;
  for (const SampleInfo& s : samples()) {
    EXPECT_TRUE(ids.insert(s.id).second) << s.id;
    EXPECT_FALSE(s.title.empty());
    EXPECT_FALSE(s.look_for.empty());
    if (s.simulation) EXPECT_TRUE(check(s.simulation->parameters)) << s.id;
  }
  EXPECT_EQ(samples().front().id, "nuclei_01");
}

TEST(Samples, ThePopulationHas25FieldsThreeOfThemWithAFault) {
  EXPECT_EQ(std::ranges::count(samples(), SampleGroup::population, &SampleInfo::group), 25);
  int faults = 0;
  for (int number = 1; number <= population_size; ++number) faults += population_field(number).fault.empty() ? 0 : 1;
  EXPECT_EQ(faults, 3);
}

TEST(Samples, WholeNumbersThatTheTypeHoldsUnlessItIsAFloat) {
  for (const std::string_view id : {"nuclei_01", "case_dim", "case_uneven_corrected", "case_border", "small_field"}) {
    const Sample sample = make_sample(id).value();
    for (const float v : sample.pixels.pixels()) {
      ASSERT_EQ(v, std::floor(v)) << id;
      ASSERT_GE(v, 0) << id;
      ASSERT_LE(static_cast<double>(v), pixel_type_maximum(sample.type)) << id;
    }
  }
  EXPECT_EQ(make_sample("case_dim")->type, PixelType::u8);
  EXPECT_EQ(make_sample("case_crowded")->type, PixelType::u32);
  EXPECT_EQ(make_sample("nuclei_01")->type_maximum, 4095);
  EXPECT_DOUBLE_EQ(*make_sample("nuclei_01")->pixel_size_um, 0.65);
  EXPECT_DOUBLE_EQ(*make_sample("case_over_segmentation")->pixel_size_um, 0.325);
}

TEST(Samples, TheLectureGridIsTheLectures) {
  const Sample grid = *make_sample("lecture_grid");
  EXPECT_EQ(grid.pixels.rows(), 19);
  EXPECT_EQ(grid.pixels.cols(), 26);
  EXPECT_EQ((grid.pixels[5, 14]), 209);
  EXPECT_EQ((grid.pixels[18, 7]), 83);
}

TEST(Samples, TheSmallFieldsRecipeFindsItsFiveNuclei) { EXPECT_EQ(run("small_field").found, 5); }

TEST(Samples, TheOpeningFieldHasAboutAHundredNucleiAndTheDefaultRecipeFindsMostOfThem) {
  const Outcome result = run("nuclei_01");
  EXPECT_NEAR(static_cast<double>(result.score.truth.size()), 110, 20);
  EXPECT_GT(result.score.f1, 0.8);
  EXPECT_LT(result.score.f1, 0.95);
  EXPECT_GT(result.score.merged, 2);
}

TEST(Samples, BrightDebrisFoolsOtsu) {
  EXPECT_LT(run("case_debris").score.f1, 0.1);
  EXPECT_LT(run("nuclei_07").score.f1, 0.1);
}

TEST(Samples, CorrectionHelpsAgainstUnevenIllumination) {
  EXPECT_GT(run("case_uneven_corrected").score.f1, run("case_uneven").score.f1 + 0.1);
}

TEST(Samples, TheFilterMattersWhereLightIsScarce) {
  Recipe none;
  none.filter = FilterMethod::none;
  Recipe wide;
  wide.sigma = 3;
  const double best = run("case_20_photons", wide).score.dice;
  EXPECT_GT(best, run("case_20_photons", none).score.dice + 0.2);
}

TEST(Samples, AtTheBorderKeepingSeedsFindsMore) {
  Recipe keep;
  keep.exclude_border = false;
  EXPECT_GT(run("case_border", keep).score.f1, run("case_border").score.f1 + 0.1);
}

TEST(Samples, TheRecipeOf20xCutsThe40xFieldToPieces) { EXPECT_GT(run("case_over_segmentation").score.split, 3); }

TEST(Samples, TheEmptyFieldsTruthIsEmpty) { EXPECT_TRUE(run("case_empty").score.truth.empty()); }

TEST(Samples, CornersCountWithEightNeighboursOnly) {
  const Sample chess = *make_sample("chess_board");
  Mask mask(12, 12);
  for (std::size_t i = 0; i < mask.size(); ++i) mask.pixels()[i] = chess.pixels.pixels()[i] > 100 ? 1 : 0;
  EXPECT_EQ(label(MaskView(mask), Connectivity::four).count, 72);
  EXPECT_EQ(label(MaskView(mask), Connectivity::eight).count, 1);
  EXPECT_EQ(run("diagonal_neighbours").objects, 3);
}

TEST(Samples, TheTwoDiscsComeApartAtTheNeck) {
  const Outcome result = run("touching_discs");
  EXPECT_EQ(result.objects, 1);
  EXPECT_EQ(result.found, 2);
  EXPECT_GT(result.score.mean_ap, 0.9);
}

TEST(Samples, AnUnknownIdIsRefusedByName) {
  const auto result = make_sample("nuclei_99");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("nuclei_99"), std::string::npos);
}

}  // namespace
}  // namespace floodlight
