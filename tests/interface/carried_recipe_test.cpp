// What becomes of the recipe where another image is opened, or many are run: never without a word.
#include "tests/core/rows.h"
#include "tests/interface/images.h"
#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Pattern came_along = "^The recipe came along from"_re;
const Pattern stayed = "did not come along"_re;

TEST(CarriedRecipe, FromFileToFileIsToldWithWhatItSetsAndTheLabsIsOffered) {
  Page page(at("small_field", "filter"));
  page.open("first.tif", tiff_of(round_nuclei()));
  EXPECT_FALSE(page.says(came_along)) << "the first file begins with the lab's recipe";
  EXPECT_FALSE(page.says(stayed)) << "and nothing had been set";
  page.choose("Filter", "Median");
  page.open("second.tif", tiff_of(round_nuclei(140, 140)));
  EXPECT_TRUE(page.says("The recipe came along from first.tif. It differs from the lab's: Filter Median, Size 3 px."));
  EXPECT_TRUE(page.everything_is_mirrored());
  page.click("Use the lab's recipe");
  EXPECT_EQ(page.recipe().filter, filters::gaussian);
  EXPECT_FALSE(page.says(came_along));
  page.press("u");
  EXPECT_EQ(page.recipe().filter, filters::median);
  page.open("third.tif", tiff_of(round_nuclei()));
  page.go_to("Seeds");
  EXPECT_TRUE(page.says(came_along)) << "at every step, until it is answered";
  page.click("Keep this one");
  EXPECT_FALSE(page.says(came_along));
  EXPECT_EQ(page.recipe().filter, filters::median);
}

TEST(CarriedRecipe, ThatStaysBehindIsToldAndCanBeTakenAlong) {
  Page page(at("nuclei_01", "filter"));
  page.fill("Sigma", 3);
  page.open_sample("Nuclei 02");
  EXPECT_TRUE(page.says(
      "Nuclei 02 begins with the lab's recipe. What you had set for Nuclei 01 did not come along: Sigma 3 px."));
  page.click("Use it here too");
  EXPECT_EQ(page.recipe().filter[gaussian_sigma], 3);
  EXPECT_FALSE(page.says(stayed));
  page.open("own.tif", tiff_of(round_nuclei()));
  EXPECT_TRUE(
      page.says("^own\\.tif begins with the lab's recipe\\. What you had set for Nuclei 02 did not come along"_re));
}

TEST(CarriedRecipe, IsNoMatterWhereNothingWasSet) {
  Page page(at("small_field", "filter"));
  page.open_sample("Nuclei 02");
  page.open_sample("The small field");
  EXPECT_FALSE(page.says(stayed));
  EXPECT_FALSE(page.says(came_along));
  page.press("t");
  page.press("PageDown", 8);
  EXPECT_FALSE(page.says(stayed)) << "a stop of the tour has its own recipe";
}

TEST(CarriedRecipe, OfTheSmallFieldIsNotRunOverTheFieldsUnasked) {
  Page page(at("small_field", "many"));
  EXPECT_TRUE(
      page.says("^Steps 1 to 9 run with a recipe: the one that comes with The small field, not the lab's: "
                "Filter Median"_re));
  page.click("Take the 25 fields with the lab's recipe");
  EXPECT_EQ(page.recipe(), Recipe());
  EXPECT_EQ(ui::app().image_set.set.fields.at(0).result->nuclei, 98);
  EXPECT_TRUE(page.says("Recipe: the lab's."));
  page.press("u");
  EXPECT_EQ(page.recipe().filter, filters::median);
  EXPECT_TRUE(page.says("The recipe has changed since these results were made."));
  page.click("Use the lab's recipe");
  EXPECT_FALSE(page.says("The recipe has changed since these results were made."));
}

}  // namespace
}  // namespace floodlight::test
