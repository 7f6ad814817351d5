// What stands on the screen while an exercise asks: the picture that it asks about, of the steps and the images there are.
#include "tests/core/rows.h"
#include "tests/interface/page.h"
#include "web/app/state/layers.h"

namespace floodlight::test {
namespace {

using ui::Layer;

/// What the picture behind the divider has to be, as the question speaks of it; nothing where any will do.
std::optional<std::vector<Layer>> asked_about(const std::string& question) {
  const auto has = [&](const char* words) { return matches(question, pattern(words)); };
  if (has("^binary_mask = raw_image > threshold")) return std::vector{Layer::raw_mask};
  if (has("raw_image >|raw mask has|of raw_image|What is the value at|histogram of"))
    return std::vector{Layer::raw, Layer::raw_mask};
  if (has("is applied\\. What is the value at")) return std::vector{Layer::raw};
  if (has("^binary_mask is labelled|^The mask of .* (shows|has) \\d+")) return std::vector{Layer::mask};
  return std::nullopt;
}

void walk_all(const char* image) {
  Page page(at(image, "pixels"));
  int asked = 0;
  for (const std::string& step : step_names()) {
    if (step == "Many images") continue;
    page.go_to(step);
    const auto count = page.all(Role::button, "^Exercise \\d"_re).size();
    for (std::size_t i = 1; i <= count; ++i) {
      page.open_exercise(static_cast<int>(i));
      const floodlight::Exercise& e = ui::app().exercise->exercise;
      SCOPED_TRACE(std::string(image) + ", " + step + ": " + e.question);
      const bool here = e.teaching_image.empty() || e.teaching_image == ui::app().image.stem;
      if (!here) {
        EXPECT_TRUE(page.says("^The image at hand cannot serve"_re)) << "it says of which image it speaks";
      } else if (const auto wanted = asked_about(e.question)) {
        const Layer shown = layers_of(ui::app(), ui::app().step).after;
        EXPECT_TRUE(std::ranges::contains(*wanted, shown)) << ui::layer_name(shown) << " is on the screen";
        EXPECT_NE(ui::app().shown_comparison(), ui::Comparison::before) << "its picture is hidden";
        ++asked;
      }
      EXPECT_TRUE(page.everything_is_mirrored());
      page.close_exercise();
    }
  }
  EXPECT_GT(asked, 8);
}

TEST(ExercisePictures, AreThoseThatTheQuestionsSpeakOfOnTheSmallField) { walk_all("small_field"); }
TEST(ExercisePictures, AreThoseThatTheQuestionsSpeakOfOnANucleiImage) { walk_all("nuclei_01"); }
TEST(ExercisePictures, AreThoseThatTheQuestionsSpeakOfOnTheGrid) { walk_all("lecture_grid"); }

TEST(ExercisePictures, OfTheRawMaskStayAfterTheAnswer) {
  Page page(at("small_field", "label"));
  page.open_exercise(1);
  EXPECT_EQ(layers_of(ui::app(), ui::StepId::label).after, Layer::raw_mask);
  EXPECT_EQ(page.answer("5").word, "Right");
  EXPECT_EQ(layers_of(ui::app(), ui::StepId::label).after, Layer::raw_mask) << "five objects are to be seen";
  page.close_exercise();
  EXPECT_EQ(layers_of(ui::app(), ui::StepId::label).after, Layer::components);
}

TEST(ExercisePictures, OfTheSmallFieldComeWithItsRecipe) {
  Page page(at("small_field", "filter"));
  page.choose("Filter", "None");
  page.go_to("Label");
  const auto count = page.all(Role::button, "^Exercise \\d"_re).size();
  bool offered = false;
  for (std::size_t i = 1; i <= count && !offered; ++i) {
    page.open_exercise(static_cast<int>(i));
    offered = page.count(Role::button, "Take its own recipe") > 0;
    if (!offered) page.close_exercise();
  }
  ASSERT_TRUE(offered);
  page.click("Take its own recipe");
  EXPECT_EQ(page.recipe().filter, filters::median);
  EXPECT_EQ(page.count(Role::button, "Take its own recipe"), 0U);
}

}  // namespace
}  // namespace floodlight::test
