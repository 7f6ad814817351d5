// Files that are opened as the truth and are none.
#include "core/score/truth_check.h"

#include <gtest/gtest.h>

#include "core/segment/label.h"

namespace floodlight {
namespace {

/// Squares of 3 x 3 on a grid, 9 of them: all of this value, or each with its own.
LabelImage squares(Label value) {
  LabelImage image(20, 20);
  for (int i = 0; i < 9; ++i) {
    for (int row = 0; row < 3; ++row) {
      for (int col = 0; col < 3; ++col) image[2 + i / 3 * 6 + row, 2 + i % 3 * 6 + col] = value > 0 ? value : i + 1;
    }
  }
  return image;
}

TEST(TruthCheck, LabelsAreTaken) {
  const TruthCheck check = check_truth(squares(0), {}, "t.tif");
  EXPECT_EQ(check.kind, TruthKind::labels);
  EXPECT_EQ(check.sentence, "");
}

TEST(TruthCheck, AMaskIsRecognised) {
  const TruthCheck check = check_truth(squares(255), {}, "t.tif");
  EXPECT_EQ(check.kind, TruthKind::mask);
  EXPECT_EQ(check.sentence, "t.tif holds one label, 255, in 9 separate pieces: it looks like a mask.");
}

TEST(TruthCheck, IntensitiesAreRefused) {
  LabelImage image(30, 30);
  for (int i = 0; i < 900; ++i) image.pixels()[static_cast<std::size_t>(i)] = 100 + i * 7 % 41;
  const TruthCheck check = check_truth(image, {}, "t.tif");
  EXPECT_EQ(check.kind, TruthKind::intensities);
  EXPECT_TRUE(check.sentence.starts_with("t.tif holds 41 values in ")) << check.sentence;
}

TEST(TruthCheck, AnEmptyImageIsRefused) {
  EXPECT_EQ(check_truth(LabelImage(5, 5), {}, "t.tif").kind, TruthKind::intensities);
}

TEST(TruthCheck, AResultIsNoTruthOfItself) {
  EXPECT_EQ(check_truth(squares(0), squares(0), "t.tif").sentence,
            "t.tif holds the very labels at hand; against themselves every result scores 1.");
}

TEST(TruthCheck, ALabelOfTheBackgroundIsSuspicious) {
  LabelImage image = squares(0);
  for (Label& l : image.pixels()) ++l;
  EXPECT_EQ(check_truth(image, {}, "t.tif").sentence,
            "t.tif: label 1 covers 79 % of the image; if that is background, it should be 0.");
}

TEST(TruthCheck, TheTruthOfAnotherImageHardlyMeetsTheLabels) {
  EXPECT_NE(strange_truth(9, 8, 0.02, "t.tif"), "");
  EXPECT_EQ(strange_truth(9, 8, 0.6, "t.tif"), "");
  EXPECT_EQ(strange_truth(9, 0, 0, "t.tif"), "");
}

}  // namespace
}  // namespace floodlight
