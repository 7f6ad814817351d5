// How means over fields settle, and what lies between fields and within them.
#include "core/explain/field_statistics.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace floodlight {
namespace {

using Order = std::vector<std::size_t>;

std::vector<FieldSum> of_counts(const std::vector<double>& counts) {
  std::vector<FieldSum> sums;
  for (const double count : counts) sums.push_back({count, 1});
  return sums;
}

TEST(Quartiles, AreInterpolatedAsNumpyDoes) {
  const auto q = quartiles({4, 1, 3, 2});
  ASSERT_TRUE(q);
  EXPECT_DOUBLE_EQ(q->low, 1.75);
  EXPECT_DOUBLE_EQ(q->median, 2.5);
  EXPECT_DOUBLE_EQ(q->high, 3.25);
  EXPECT_EQ(quartiles({7})->high, 7);
  EXPECT_FALSE(quartiles({}));
}

TEST(ShuffledOrder, HoldsEachFieldOnceAndTheSeedDecides) {
  EXPECT_EQ(shuffled_order(4, 0), (Order{0, 1, 2, 3}));
  EXPECT_EQ(shuffled_order(25, 3), shuffled_order(25, 3));
  EXPECT_NE(shuffled_order(25, 3), shuffled_order(25, 4));
  for (const std::uint64_t seed : {1U, 2U, 99U}) {
    const auto order = shuffled_order(25, seed);
    EXPECT_EQ(std::set(order.begin(), order.end()).size(), 25U);
    EXPECT_EQ(std::ranges::max(order), 24U);
  }
  EXPECT_TRUE(shuffled_order(0, 1).empty());
}

TEST(ShuffledOrder, GivesEachFieldEveryPlaceAlike) {
  int first[4] = {};
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) ++first[shuffled_order(4, seed)[0]];
  for (const int times : first) EXPECT_NEAR(times, 1000, 100);
}

TEST(RunningMean, WeighsFieldsByTheirNuclei) {
  const std::vector<FieldSum> areas = {{600, 1}, {1200, 3}, {0, 0}};
  EXPECT_EQ(running_mean(areas, Order{0, 1, 2}), (std::vector<double>{600, 450, 450}));
  const auto empty_first = running_mean(areas, Order{2, 0, 1});
  EXPECT_TRUE(std::isnan(empty_first[0]));
  EXPECT_EQ(empty_first[1], 600);
}

TEST(FieldsNeeded, CountFromWhereTheMeanStaysNotFromWhereItFirstIs) {
  const std::vector<double> running = {100, 120, 103, 97, 100};
  EXPECT_EQ(fields_needed(running, 0.05), 3U);
  EXPECT_EQ(first_within(running, 0.05), 1U);
  EXPECT_EQ(fields_needed(running, 0.001), 5U);
  EXPECT_EQ(fields_needed(running, 1), 1U);
  EXPECT_EQ(fields_needed({}, 0.05), 0U);
  EXPECT_EQ(first_within({}, 0.05), 0U);
  const std::vector<double> nothing_at_first = {NAN, 100, 100};
  EXPECT_EQ(fields_needed(nothing_at_first, 0.05), 2U);
}

TEST(MeanBand, NarrowsToTheMeanOfAllFields) {
  const auto fields = of_counts({60, 80, 90, 100, 110, 120, 140, 70, 130, 100});
  const MeanBand band = mean_band(fields, 1, 200, 0.05);
  ASSERT_EQ(band.low.size(), fields.size());
  EXPECT_GE(band.low.front(), 60);
  EXPECT_LE(band.high.front(), 140);
  for (std::size_t n = 2; n < fields.size(); n += 2)
    EXPECT_LT(band.high[n] - band.low[n], band.high[n - 2] - band.low[n - 2]) << n;
  EXPECT_NEAR(band.low.back(), 100, 1e-9);
  EXPECT_NEAR(band.high.back(), 100, 1e-9);
  EXPECT_GT(band.needed_in_half, 1);
  EXPECT_GE(band.needed_in_nine_tenths, band.needed_in_half);
  EXPECT_LE(band.needed_in_nine_tenths, 10);
}

TEST(MeanBand, OfFieldsThatAreAlikeNeedsOne) {
  const MeanBand band = mean_band(of_counts({50, 50, 50}), 1, 50, 0.05);
  EXPECT_EQ(band.needed_in_nine_tenths, 1);
  EXPECT_EQ(band.low, band.high);
  EXPECT_TRUE(mean_band({}, 1, 10, 0.05).low.empty());
}

std::optional<VarianceComponents> components(const std::vector<std::vector<float>>& fields) {
  std::vector<std::span<const float>> groups(fields.begin(), fields.end());
  return variance_components(groups);
}

TEST(VarianceComponents, AreThoseWorkedByHand) {
  // Means 2 and 6; mean square within 1, between 2 * 4 + 2 * 4 = 16, so (16 - 1) / 2 lies between.
  const auto v = components({{1.2928932F, 2.7071068F}, {5.2928932F, 6.7071068F}});
  ASSERT_TRUE(v);
  EXPECT_NEAR(v->within_sd, 1, 1e-6);
  EXPECT_NEAR(v->sd_of_means, std::sqrt(8), 1e-6);
  EXPECT_NEAR(v->between_sd * v->between_sd, (16 - 1) / 2.0, 1e-5);
  EXPECT_NEAR(v->correlation, 7.5 / 8.5, 1e-6);
  EXPECT_NEAR(v->effective, 4 / (1 + 7.5 / 8.5), 1e-5);
  EXPECT_EQ(v->groups, 2U);
  EXPECT_EQ(v->values, 4U);
}

TEST(VarianceComponents, FindTheSpreadsThatValuesWereDrawnWith) {
  Random random(5, 1);
  std::vector<std::vector<float>> fields(400);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const double mean = 600 + 60 * random.normal();
    const std::size_t count = 10 + 3 * (i % 30);
    for (std::size_t n = 0; n < count; ++n) fields[i].push_back(static_cast<float>(mean + 150 * random.normal()));
  }
  const auto v = components(fields);
  ASSERT_TRUE(v);
  EXPECT_NEAR(v->between_sd, 60, 6);
  EXPECT_NEAR(v->within_sd, 150, 3);
  EXPECT_NEAR(v->correlation, 3600.0 / (3600 + 22500), 0.03);
  EXPECT_LT(v->effective, static_cast<double>(v->values) / 5);
}

TEST(VarianceComponents, OfAlikeFieldsHaveNothingBetween) {
  const auto v = components({{1, 2, 3}, {1, 2, 3}, {}, {1, 2, 3}});
  ASSERT_TRUE(v);
  EXPECT_EQ(v->between_sd, 0);
  EXPECT_EQ(v->correlation, 0);
  EXPECT_DOUBLE_EQ(v->effective, 9);
  EXPECT_EQ(v->groups, 3U);
  EXPECT_FALSE(components({{1, 2, 3}}));
  EXPECT_FALSE(components({{1}, {2}}));
  EXPECT_FALSE(components({}));
  EXPECT_EQ(components({{4, 4}, {4, 4}})->correlation, 0);
}

}  // namespace
}  // namespace floodlight
