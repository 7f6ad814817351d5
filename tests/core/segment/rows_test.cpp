// Every row of the tables has all its parts, and what it says of a pixel is what it computes there.
#include "tests/core/rows.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/pipeline/mask_source.h"
#include "core/pipeline/parameters.h"
#include "core/samples/samples.h"
#include "core/segment/row.h"
#include "tests/core/random_inputs.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

using testing::Dice;
using testing::roll;

/// Every name in braces is one of the row's options or one of `others`.
void expect_fillable(std::string_view text, Options options, const std::vector<std::string_view>& others,
                     const std::string& what) {
  while (true) {
    const auto opens = text.find('{');
    if (opens == std::string_view::npos) break;
    const auto closes = text.find('}', opens);
    ASSERT_NE(closes, std::string_view::npos) << what << ": " << text;
    std::string_view name = text.substr(opens + 1, closes - opens - 1);
    if (name.starts_with(", ")) name.remove_prefix(2);
    name = name.substr(0, name.find('+'));
    const bool known = std::ranges::contains(others, name) ||
                       std::ranges::any_of(options, [&](const Option* option) { return option->name() == name; });
    EXPECT_TRUE(known) << what << " names {" << name << "}, which nothing fills in";
    text.remove_prefix(closes + 1);
  }
}

void expect_sentence(std::string_view text, const std::string& what) {
  EXPECT_FALSE(text.empty()) << what << " is missing";
  if (!text.empty()) EXPECT_EQ(text.back(), '.') << what << ": " << text;
}

template <typename Row>
void expect_name_and_options(const Row& row, const std::string& group, std::set<std::string_view>& names) {
  const std::string what(row.name);
  EXPECT_FALSE(row.name.empty());
  EXPECT_TRUE(names.insert(row.name).second) << what << " is there twice";
  EXPECT_FALSE(row.label.empty()) << what;
  for (const Option* option : row.options) {
    const std::string whose = what + "'s " + std::string(option->key);
    EXPECT_TRUE(option->key.starts_with(group)) << whose;
    EXPECT_FALSE(option->label.empty()) << whose;
    expect_sentence(option->help, whose + ": its help");
    if (option->kind == ParameterKind::choice) {
      EXPECT_FALSE(option->choices.empty()) << whose;
    } else {
      EXPECT_FALSE(option->python.empty()) << whose << " has no keyword in Python";
      EXPECT_LE(option->minimum, option->initial) << whose;
      EXPECT_LE(option->initial, option->maximum) << whose;
    }
    if (option->at_least != nullptr)
      EXPECT_TRUE(std::ranges::contains(row.options, option->at_least)) << whose << " is related to another row's";
  }
}

void expect_setting(Setting setting, Options options, const std::string& what) {
  for (const OptionValue& value : setting) {
    if (value.option == nullptr) continue;
    EXPECT_TRUE(std::ranges::contains(options, value.option)) << what << " sets what is not its own";
    EXPECT_GE(value.value, value.option->minimum) << what;
    EXPECT_LE(value.value, value.option->maximum) << what;
    if (value.option->at_least != nullptr)
      EXPECT_GE(value.value, OptionValues(setting)[*value.option->at_least]) << what;
  }
}

/// `actions` are those of the rows before it: a step's buttons may not share a name.
template <typename Row>
void expect_pitfalls(const Row& row, std::set<std::string_view>& actions) {
  for (const RowPitfall& pitfall : row.pitfalls) {
    const std::string what = "a pitfall of " + std::string(row.name);
    expect_sentence(pitfall.text, what);
    if (!pitfall.action.empty()) {
      EXPECT_TRUE(pitfall.chooses || !pitfall.sample.empty()) << what << " shows nothing";
      EXPECT_TRUE(actions.insert(pitfall.action).second) << what << ": \"" << pitfall.action << "\" is there twice";
    }
    if (!pitfall.sample.empty())
      EXPECT_TRUE(std::ranges::contains(samples(), pitfall.sample, &SampleInfo::id)) << what << ": " << pitfall.sample;
    expect_setting(pitfall.setting, row.options, what);
  }
}

template <typename Row>
void expect_tried(const Row& row) {
  EXPECT_FALSE(row.tried.empty()) << row.name << " is not on the wall";
  EXPECT_FALSE(row.tried_title.empty()) << row.name;
  for (const Setting setting : row.tried) expect_setting(setting, row.options, std::string(row.name));
}

template <typename Row>
void expect_imagej(const Row& row) {
  EXPECT_FALSE(row.imagej.empty()) << row.name << " has no lines for ImageJ";
  for (const std::string_view lines : row.imagej)
    expect_fillable(lines, row.options, {"label", "reach", "side"}, std::string(row.name));
  if (!row.imagej_differs.empty()) expect_sentence(row.imagej_differs, std::string(row.name));
}

TEST(Rows, EveryFilterHasAllItsParts) {
  std::set<std::string_view> names;
  std::set<std::string_view> actions;
  const std::vector<std::string_view> usual = {"label", "reach", "side"};
  for (const FilterRow* row : all_filters()) {
    const std::string what(row->name);
    expect_name_and_options(*row, "filter.", names);
    EXPECT_NE(row->apply, nullptr) << what;
    EXPECT_NE(row->reach, nullptr) << what;
    EXPECT_NE(row->terms, nullptr) << what;
    expect_sentence(row->at_pixel, what + ": what is said at a pixel");
    expect_fillable(row->at_pixel, row->options, {"label", "reach", "side", "raw", "result"}, what);
    for (const std::string_view text : {row->in_diagnosis, row->in_paper, row->notebook, row->python}) {
      EXPECT_FALSE(text.empty()) << what;
      expect_fillable(text, row->options, usual, what);
    }
    expect_sentence(row->notebook, what);
    expect_pitfalls(*row, actions);
    if (row == &filters::none) continue;
    EXPECT_TRUE(std::ranges::contains(row->options, row->decides)) << what << ": which option is to be turned?";
    expect_imagej(*row);
    if (row == &filters::one_value) continue;  // is for masks, which there is nothing to try with
    expect_fillable(row->tried_title, row->options, usual, what);
    expect_tried(*row);
  }
}

TEST(Rows, EveryThresholdHasAllItsParts) {
  std::set<std::string_view> names;
  std::set<std::string_view> actions;
  for (const ThresholdRow* row : all_thresholds()) {
    const std::string what(row->name);
    expect_name_and_options(*row, "threshold.", names);
    EXPECT_NE(row->find, nullptr) << what;
    EXPECT_EQ(row->reach == nullptr, row->terms == nullptr) << what;
    EXPECT_EQ(row->at_pixel.empty(), row->terms == nullptr) << what;
    expect_fillable(row->at_pixel, row->options, {"label", "reach", "side", "cutoff"}, what);
    expect_sentence(row->notebook, what);
    expect_fillable(row->notebook, row->options, {"label", "reach", "side"}, what);
    EXPECT_FALSE(row->python.empty()) << what;
    expect_fillable(row->python, row->options, {"label", "reach", "side", "image"}, what);
    expect_imagej(*row);
    EXPECT_TRUE(std::ranges::any_of(row->imagej, [](std::string_view lines) { return lines.contains("threshold"); }))
        << what << " sets no threshold in ImageJ";
    expect_pitfalls(*row, actions);
    if (row != &thresholds::manual) expect_tried(*row);
  }
}

TEST(Rows, EveryRepairHasAllItsParts) {
  std::set<std::string_view> names;
  std::set<std::string_view> actions;
  for (const RepairRow* row : all_repairs()) {
    const std::string what(row->name);
    expect_name_and_options(*row, "", names);
    EXPECT_NE(row->apply, nullptr) << what;
    EXPECT_NE(row->terms, nullptr) << what;
    EXPECT_EQ(row->footprint == nullptr, row->reach == nullptr) << what;
    EXPECT_EQ(row->judges == Judges::no_sizes, row->limit == nullptr) << what;
    const std::vector<std::string_view> others = {"label", "reach", "side", "mask"};
    for (const std::string_view text : {row->in_diagnosis, row->python, row->python_suffix})
      EXPECT_FALSE(text.empty()) << what;
    for (const std::string_view text : {row->in_diagnosis, row->removes, row->python, row->python_program})
      expect_fillable(text, row->options, others, what);
    EXPECT_EQ(row->python_program.empty(), row->python_function.empty()) << what;
    expect_imagej(*row);
    expect_pitfalls(*row, actions);
  }
}

TEST(Rows, EveryWayToTheMaskEndsWithTheMaskAndHasAllItsParts) {
  std::set<std::string_view> names;
  for (const MaskSource* source : all_mask_sources()) {
    EXPECT_TRUE(names.insert(source->name).second) << source->name;
    EXPECT_FALSE(source->label.empty()) << source->name;
    expect_sentence(source->help, std::string(source->name));
    ASSERT_FALSE(source->steps.empty()) << source->name;
    EXPECT_EQ(source->steps.back().stage, Stage::mask) << source->name;
    for (const MaskStep& step : source->steps) {
      EXPECT_NE(step.compute, nullptr) << source->name;
      EXPECT_NE(step.terms, nullptr) << source->name;
      EXPECT_NE(step.python, nullptr) << source->name;
      EXPECT_NE(step.notebook, nullptr) << source->name;
      EXPECT_FALSE(step.title.empty()) << source->name;
      EXPECT_EQ(step.imagej == nullptr, !source->imagej_lacks.empty()) << source->name;
    }
    if (const MaskStep* seeds = source->seeds; seeds != nullptr) {
      EXPECT_EQ(seeds->stage, Stage::seeds) << source->name;
      EXPECT_NE(seeds->compute, nullptr) << source->name;
      EXPECT_NE(seeds->terms, nullptr) << source->name;
      EXPECT_NE(seeds->python, nullptr) << source->name;
      EXPECT_NE(seeds->notebook, nullptr) << source->name;
      EXPECT_EQ(seeds->imagej == nullptr, !source->imagej_lacks.empty()) << source->name;
    }
    if (!source->imagej_lacks.empty()) expect_sentence(source->imagej_lacks, std::string(source->name));
    if (source->learnt != nullptr) {
      EXPECT_FALSE(source->learnt->there(Recipe())) << source->name;
      EXPECT_FALSE(source->learnt->name.empty()) << source->name;
      EXPECT_FALSE(source->learnt->from.empty()) << source->name;
      EXPECT_NE(source->learnt->to_json, nullptr) << source->name;
      EXPECT_NE(source->learnt->from_json, nullptr) << source->name;
      EXPECT_EQ(source->learnt->first_change({}, {}), std::nullopt) << source->name;
    }
  }
}

/// Random values of a row's options, small enough for small images.
template <auto member, typename Row>
Chosen<Row> any_values(const Row& row, Dice& dice) {
  Recipe recipe = testing::random_recipe(dice);
  recipe.*member = row;
  return recipe.*member;
}

Pixel any_pixel(FloatView image, Dice& dice) {
  return {roll(dice, 0, image.rows() - 1), roll(dice, 0, image.cols() - 1)};
}

float size_of(FloatView image) {
  const auto [low, high] = std::ranges::minmax(image.pixels());
  return std::max(std::abs(low), std::abs(high));
}

TEST(Rows, TheTermsOfAFilterGiveItsValueWithinItsReach) {
  Dice dice(91);
  for (const FilterRow* row : all_filters()) {
    bool any_below = false;
    for (int round = 0; round < 12; ++round) {
      Image<float> image = testing::blobs(dice, roll(dice, 20, 50), roll(dice, 20, 50), 6);
      const auto filter = any_values<&Recipe::filter>(*row, dice);
      const Image<float> filtered = filter->apply(image, filter.values).finish();
      const Pixel p = any_pixel(image, dice);
      const double bound = 1e-6 * static_cast<double>(size_of(image));
      EXPECT_NEAR(filter->terms(image, filter.values, p).result, static_cast<double>(filtered[p]), bound) << row->name;
      if (row->range == FilteredRange::zero_or_one)
        EXPECT_TRUE(std::ranges::all_of(std::as_const(filtered).pixels(), [](float v) { return v == 0 || v == 1; }))
            << row->name;
      any_below = any_below || std::ranges::any_of(std::as_const(filtered).pixels(), [](float v) { return v < 0; });
      const int reach = filter->reach(filter.values);
      const Pixel other = any_pixel(image, dice);
      if (std::max(std::abs(other.row - p.row), std::abs(other.col - p.col)) <= reach) continue;
      image[other] += 1000;
      EXPECT_EQ(filter->apply(image, filter.values).finish()[p], filtered[p])
          << row->name << " reaches beyond " << reach;
    }
    EXPECT_EQ(any_below, row->range == FilteredRange::around_zero) << row->name;
  }
}

TEST(Rows, WhatAFilterReachesItTakesAndShows) {
  Dice dice(93);
  for (const FilterRow* row : all_filters()) {
    if (row == &filters::none || row == &filters::one_value) continue;  // which look at the pixel alone
    int rings = 0;
    for (int round = 0; round < 60; ++round) {
      Image<float> image = testing::blobs(dice, 60, 60, 6);
      // No two pixels are equal: among equal ones a median stays what it is.
      for (std::size_t i = 0; i < image.size(); ++i) image.pixels()[i] += 1e-4F * static_cast<float>(i);
      const auto filter = any_values<&Recipe::filter>(*row, dice);
      const int reach = filter->reach(filter.values);
      if (reach < 1 || reach > 30) continue;
      const Image<float> filtered = filter->apply(image, filter.values).finish();
      const auto [low, high] = std::ranges::minmax(filtered.pixels());
      if (low == high) continue;  // two equal Gaussians have no difference anywhere
      const Pixel p = any_pixel(image, dice);
      // Up and down: a median stays what it is where all that is raised was above it.
      const auto with_ring = [&](float step) {
        Image<float> changed = image;
        for (int r = 0; r < image.rows(); ++r) {
          for (int c = 0; c < image.cols(); ++c) {
            if (std::max(std::abs(r - p.row), std::abs(c - p.col)) == reach) changed[r, c] += step;
          }
        }
        return filter->apply(changed, filter.values).finish()[p];
      };
      EXPECT_TRUE(filtered[p] != with_ring(1e6F) || filtered[p] != with_ring(-1e6F))
          << row->name << " does not reach as far as " << reach;
      const auto parts = filter->terms(image, filter.values, p).parts;
      EXPECT_TRUE(std::ranges::any_of(parts, [](const TermsPart& part) { return part.shown.index() != 0; }))
          << row->name << " shows no numbers in the lens";
      ++rings;
    }
    EXPECT_GT(rings, 9) << row->name;
  }
}

TEST(Rows, TheTermsOfACutoffGiveItsValueWithinItsReach) {
  Dice dice(92);
  for (const ThresholdRow* row : all_thresholds()) {
    if (row->terms == nullptr) continue;
    for (int round = 0; round < 12; ++round) {
      const Image<float> image = testing::blobs(dice, roll(dice, 20, 50), roll(dice, 20, 50), 6);
      const auto method = any_values<&Recipe::threshold>(*row, dice);
      const Cutoff cutoff = threshold(image, method).value();
      ASSERT_TRUE(cutoff.differs()) << row->name;
      const Pixel p = any_pixel(image, dice);
      EXPECT_NEAR(method->terms(image, method.values, p).result, cutoff.at(p),
                  1e-6 * static_cast<double>(size_of(image)));
      const auto [least, most] = std::ranges::minmax(cutoff.image.pixels());
      EXPECT_EQ(cutoff.lowest, static_cast<double>(least));
      EXPECT_EQ(cutoff.highest, static_cast<double>(most));
      EXPECT_EQ(above(image, cutoff)[p] != 0, static_cast<double>(image[p]) > cutoff.at(p)) << row->name;
    }
  }
}

TEST(Rows, TheTermsOfARepairGiveItsValue) {
  Dice dice(93);
  for (const RepairRow* row : all_repairs()) {
    for (int round = 0; round < 20; ++round) {
      const Mask mask = noise_mask(roll(dice, 3, 25), roll(dice, 3, 25), static_cast<unsigned>(round), 0.6);
      Refinement repair{*row};
      for (const auto& p : refinement_parameters()) {
        if (p.key != "operation") testing::randomise(p, repair, dice);
      }
      const Pixel p{roll(dice, 0, mask.rows() - 1), roll(dice, 0, mask.cols() - 1)};
      const RepairAtPixel terms = repair->terms(mask, repair.values, p);
      EXPECT_EQ(terms.value, refine(mask, repair)[p] != 0) << row->name;
      expect_sentence(terms.why, std::string(row->name));
    }
  }
}

// --- the differences of Gaussians and the local thresholds of scikit-image -------------------------------------------------

const Json& references() {
  static const Json json = read_json(data_path("rows.json"));
  return json;
}

TEST(Rows, DifferencesOfGaussiansAndLocalThresholdsAreScikitImages) {
  for (const auto& [name, expected] : *member(references(), "images").object()) {
    const auto sample = make_sample(name);
    ASSERT_TRUE(sample.has_value()) << name;
    const Image<float>& image = sample->pixels;
    std::size_t checked = 0;
    const auto check = [&](const std::string& entry, const Image<float>& made) {
      expect_digest(name + " " + entry, made, member(expected, entry));
      ++checked;
    };
    for (const auto& [low, high] : {std::pair{0.1, 0.1}, {0.5, 2.0}, {1.0, 10.0}, {2.0, 20.0}, {3.0, 3.0}})
      check("difference_of_gaussians_" + shortest(low) + "_" + shortest(high),
            difference_of_gaussians(image, low, high));
    for (const auto& [block, offset] : {std::pair{3, 0.0}, {9, 0.0}, {51, -2.3}, {101, 0.0}, {201, 5.0}, {501, 0.0}})
      check("threshold_local_" + std::to_string(block) + "_" + shortest(offset), threshold_local(image, block, offset));
    EXPECT_EQ(checked, expected.object()->size()) << name << ": entries that no test looked at";
  }
}

TEST(Rows, ALargerSigmaMustNotBeTheSmallerOne) {
  const auto refused = recipe_from_text(
      R"({"floodlight_recipe": 1, "filter": {"method": "difference_of_gaussians", "low_sigma": 3, "high_sigma": 2}})");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "filter.high_sigma is 2; it must be at least filter.low_sigma, which is 3.");
  const auto equal = recipe_from_text(
      R"({"floodlight_recipe": 1, "filter": {"method": "difference_of_gaussians", "low_sigma": 3, "high_sigma": 3}})");
  EXPECT_TRUE(equal.has_value());
}

TEST(Rows, ALocalThresholdFindsNucleiOnTheDarkSideOfUnevenIllumination) {
  const Image<float> image = gaussian(make_sample("case_uneven")->pixels, 1);
  const Mask global = above(image, threshold(image, thresholds::otsu).value());
  const Mask local = above(image, threshold(image, {thresholds::local, {{&block_offset, -5}}}).value());
  EXPECT_NE(global, local);
}

}  // namespace
}  // namespace floodlight::test
