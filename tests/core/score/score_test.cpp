// The score: hand-made cases, and a slow computation straight from the definitions.
#include "core/score/score.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace floodlight {
namespace {

using Rows = std::vector<std::vector<int>>;

LabelImage labels(const Rows& rows) {
  LabelImage image(static_cast<int>(rows.size()), static_cast<int>(rows.front().size()));
  for (int r = 0; r < image.rows(); ++r)
    for (int c = 0; c < image.cols(); ++c) image[r, c] = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
  return image;
}

Score scored(const Rows& predicted, const Rows& truth, double iou = 0.5) {
  return score(labels(predicted), labels(truth), {.iou = iou}).value();
}

TEST(Score, APerfectSegmentationScoresOneWhateverItsNumbers) {
  const Score s = scored({{70, 70, 0, 5}}, {{1, 1, 0, 2}});
  EXPECT_EQ(s.matched, 2);
  EXPECT_EQ(s.missed + s.extra + s.split + s.merged, 0);
  EXPECT_EQ(s.f1, 1);
  EXPECT_DOUBLE_EQ(s.mean_ap, 1);
  EXPECT_EQ(s.dice, 1);
  EXPECT_EQ(s.truth[0].partner, 70);
  EXPECT_EQ(s.predicted[0].label, 5);
  EXPECT_EQ(s.predicted[0].partner, 2);
}

TEST(Score, TwoEmptyImagesScoreOne) {
  const Score s = scored({{0, 0}}, {{0, 0}});
  EXPECT_EQ(s.precision, 1);
  EXPECT_EQ(s.recall, 1);
  EXPECT_EQ(s.f1, 1);
  EXPECT_DOUBLE_EQ(s.mean_ap, 1);
  EXPECT_EQ(s.dice, 1);
}

TEST(Score, OneEmptyImageScoresNothing) {
  const Score missed = scored({{0, 0}}, {{1, 1}});
  EXPECT_EQ(missed.missed, 1);
  EXPECT_EQ(missed.precision + missed.recall + missed.f1 + missed.mean_ap + missed.dice, 0);
  const Score extra = scored({{1, 1}}, {{0, 0}});
  EXPECT_EQ(extra.extra, 1);
  EXPECT_EQ(extra.precision + extra.recall + extra.f1 + extra.mean_ap + extra.dice, 0);
}

TEST(Score, AnIouOfExactlyAHalfIsNoMatch) {
  const Score s = scored({{1, 0}}, {{1, 1}});
  EXPECT_EQ(s.matched, 0);
  EXPECT_EQ(s.missed, 1);
  EXPECT_EQ(s.extra, 1);
  EXPECT_EQ(s.truth[0].iou, 0.5);
  EXPECT_EQ(s.truth[0].fate(), Fate::unmatched);
  EXPECT_EQ(scored({{1, 0}}, {{1, 1}}, 0.49).matched, 1);
}

TEST(Score, BelowAHalfTheLargestIouGoesFirst) {
  // The true nucleus overlaps both halves; the larger part wins and the other is extra.
  const Score s = scored({{1, 1, 2, 2, 2}}, {{1, 1, 1, 1, 1}}, 0.1);
  EXPECT_EQ(s.matched, 1);
  EXPECT_EQ(s.truth[0].partner, 2);
  EXPECT_EQ(s.extra, 1);
}

TEST(Score, ANucleusInTwoPiecesIsSplit) {
  const Score s = scored({{1, 1, 1, 1, 1, 1, 2, 2}}, {{1, 1, 1, 1, 1, 1, 1, 1}});
  EXPECT_EQ(s.split, 1);
  EXPECT_EQ(s.merged, 0);
  EXPECT_EQ(s.matched, 1);  // the larger piece is still most of it
  EXPECT_EQ(s.extra, 1);
  EXPECT_EQ(s.truth[0].fate(), Fate::split);
  EXPECT_EQ(s.predicted[1].fate(), Fate::split);
}

TEST(Score, OneOverTwoIsMerged) {
  const Score s = scored({{7, 7, 7, 7, 0}}, {{1, 1, 2, 2, 0}});
  EXPECT_EQ(s.merged, 1);
  EXPECT_EQ(s.split, 0);
  EXPECT_EQ(s.matched, 0);
  EXPECT_EQ(s.missed, 2);
  EXPECT_EQ(s.truth[1].fate(), Fate::merged);
  EXPECT_EQ(s.predicted[0].fate(), Fate::merged);
}

TEST(Score, APieceHalfInsideDoesNotSplitAndANucleusHalfCoveredDoesNotMerge) {
  EXPECT_EQ(scored({{1, 1, 1, 1, 2, 2}}, {{1, 1, 1, 1, 1, 0}}).split, 0);
  EXPECT_EQ(scored({{1, 1, 1, 1, 1, 0}}, {{1, 1, 1, 1, 2, 2}}).merged, 0);
}

TEST(Score, DiceForgetsWhoIsWho) {
  EXPECT_EQ(scored({{1, 1, 1, 1}}, {{1, 1, 2, 2}}).dice, 1);
  EXPECT_DOUBLE_EQ(scored({{1, 1, 0, 0}}, {{0, 1, 1, 1}}).dice, 2.0 / 5);
}

TEST(Score, TheFateImageShowsEachPixelsPart) {
  const LabelImage predicted =
      labels({{1, 1, 1, 0, 4, 4, 4, 4, 0, 0, 8, 8, 8, 9, 9}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}});
  const LabelImage truth =
      labels({{1, 1, 1, 1, 2, 2, 3, 3, 0, 5, 6, 6, 6, 6, 6}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0}});
  const Score s = score(predicted, truth).value();
  const Image<std::uint8_t> fates = fate_image(predicted, truth, s);
  std::vector<int> row;
  for (int c = 0; c < fates.cols(); ++c) row.push_back(fates[0, c]);
  // Matched (its fourth pixel was predicted by nobody, but it is not missed), merged, missed, split.
  const std::vector<int> expected = {1, 1, 1, 0, 2, 2, 2, 2, 0, 5, 3, 3, 3, 3, 3};
  EXPECT_EQ(row, expected);
  EXPECT_EQ((fates[1, 9]), static_cast<int>(FatePixel::missed));
  EXPECT_EQ((fates[1, 14]), static_cast<int>(FatePixel::extra));
}

TEST(Score, DifferentShapesAreRefusedWithBoth) {
  const auto result = score(LabelImage(2, 3), LabelImage(3, 2));
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("2 x 3"), std::string::npos);
  EXPECT_NE(result.error().message.find("3 x 2"), std::string::npos);
}

using Pixels = std::set<std::pair<int, int>>;

std::map<Label, Pixels> sets_of(const LabelImage& image) {
  std::map<Label, Pixels> sets;
  for (int r = 0; r < image.rows(); ++r)
    for (int c = 0; c < image.cols(); ++c)
      if (image[r, c] > 0) sets[image[r, c]].insert({r, c});
  return sets;
}

int common(const Pixels& a, const Pixels& b) {
  int n = 0;
  for (const auto& p : a) n += b.contains(p) ? 1 : 0;
  return n;
}

/// Random rectangles, later ones over earlier ones.
LabelImage rectangles(Random& random) {
  LabelImage image(24, 24);
  const int count = static_cast<int>(random.uniform(0, 12));
  for (int i = 1; i <= count; ++i) {
    const int top = static_cast<int>(random.uniform(0, 20));
    const int left = static_cast<int>(random.uniform(0, 20));
    const int height = static_cast<int>(random.uniform(2, 10));
    const int width = static_cast<int>(random.uniform(2, 10));
    for (int r = top; r < std::min(top + height, 24); ++r)
      for (int c = left; c < std::min(left + width, 24); ++c) image[r, c] = 3 * i;
  }
  return image;
}

TEST(Score, AgreesWithTheDefinitionsTakenLiterally) {
  for (std::uint64_t round = 0; round < 150; ++round) {
    Random random(round, 99);
    const LabelImage truth = rectangles(random);
    LabelImage predicted = round % 3 == 0 ? rectangles(random) : truth;
    if (round % 3 != 0)  // a shifted copy with some changes: most nuclei match, some do not
      for (int r = 0; r < 24; ++r)
        for (int c = 0; c < 24; ++c) predicted[r, c] = truth[r, std::min(c + static_cast<int>(round % 4), 23)];
    if (round % 3 == 2)
      for (Label& l : predicted.pixels()) l = l > 20 ? 21 : l;
    const Score s = *score(predicted, truth);
    const auto t = sets_of(truth);
    const auto p = sets_of(predicted);

    const auto pairs_above = [&](int percent) {
      int pairs = 0;
      for (const auto& [tl, ts] : t)
        for (const auto& [pl, ps] : p) {
          const int both = common(ts, ps);
          const int either = static_cast<int>(ts.size() + ps.size()) - both;
          pairs += 100 * both > percent * either ? 1 : 0;
        }
      return pairs;
    };
    const int nt = static_cast<int>(t.size());
    const int np = static_cast<int>(p.size());
    const int tp = pairs_above(50);
    ASSERT_EQ(s.matched, tp);
    ASSERT_EQ(s.missed, nt - tp);
    ASSERT_EQ(s.extra, np - tp);
    double ap = 0;
    for (int i = 0; i < 10; ++i) {
      const int n = pairs_above(50 + 5 * i);
      ap += nt + np == 0 ? 1.0 : static_cast<double>(n) / (nt + np - n);
    }
    ASSERT_NEAR(s.mean_ap, ap / 10, 1e-12);
    int split = 0;
    for (const auto& [tl, ts] : t) {
      int inside = 0;
      for (const auto& [pl, ps] : p) inside += 2 * common(ts, ps) > static_cast<int>(ps.size()) ? 1 : 0;
      split += inside >= 2 ? 1 : 0;
    }
    int merged = 0;
    for (const auto& [pl, ps] : p) {
      int covered = 0;
      for (const auto& [tl, ts] : t) covered += 2 * common(ts, ps) > static_cast<int>(ts.size()) ? 1 : 0;
      merged += covered >= 2 ? 1 : 0;
    }
    ASSERT_EQ(s.split, split);
    ASSERT_EQ(s.merged, merged);
  }
}

}  // namespace
}  // namespace floodlight
