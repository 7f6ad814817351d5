// The step Measure as a lesson: the table, its picture, its plots, and an exercise.
#include <algorithm>
#include <map>

#include "tests/interface/page.h"

namespace floodlight::test {
namespace {

const Opening small_field = at("small_field", "measure");

Name row(int label) { return pattern("^Label " + std::to_string(label) + ", Area "); }

/// What the rows of the table say, in their order: label, area, mean intensity.
struct Row {
  int label;
  double area;
  double mean;
};
std::vector<Row> rows(const Page& page) {
  const Pattern form = "^Label (\\d+), Area ([\\d.]+), Mean ([\\d.]+)"_re;
  std::vector<Row> found;
  for (const MirrorItem& item : page.all(Role::button, form)) {
    const auto said = parts(item.name, form);
    found.push_back({std::stoi(said[1]), std::stod(said[2]), std::stod(said[3])});
  }
  return found;
}

TEST(MeasureStep, AnExerciseCoversTheMeasurementsAndKnowsWhoDidNotSquare) {
  Page page(small_field);
  page.walk_to(6, 6);
  EXPECT_TRUE(page.says("^Nucleus 1: 79 px"_re));
  page.open_exercise(1);
  EXPECT_TRUE(page.says("An exercise covers the measurements."));
  EXPECT_TRUE(page.says("How much? That is for you to say."));
  EXPECT_FALSE(page.says("^Median area: "_re));
  EXPECT_EQ(page.count(Role::button, row(1)), 0U);
  EXPECT_EQ(page.answer("51,35").sentence, "Square the pixel size.");
  EXPECT_EQ(page.answer("33.4").word, "Right");
  page.close_exercise();
  EXPECT_EQ(page.fact("Median area"), "53 px");
  EXPECT_TRUE(page.says("^Nucleus 1: 79 px"_re));
}

TEST(MeasureStep, TableAndPictureAreLinkedAndShapesAreDrawn) {
  Page page(small_field);
  page.click(Role::button, row(3));
  EXPECT_TRUE(matches(page.values(), "label 3\\b"_re));
  EXPECT_TRUE(page.the(Role::button, row(3)).selected);
  std::vector<std::uint64_t> drawn;
  for (const char* shape : {"Hull", "Perimeter", "Axes"}) {
    page.click(Role::radio, shape);
    drawn.push_back(page.picture());
  }
  EXPECT_TRUE(drawn[0] != drawn[1] && drawn[1] != drawn[2] && drawn[0] != drawn[2]);
  page.click("Area");
  std::vector<double> areas;
  for (const Row& r : rows(page)) areas.push_back(r.area);
  EXPECT_EQ(areas, (std::vector<double>{79, 62, 53, 22, 12}));
}

TEST(MeasureStep, APressOnTheScatterPlotGoesToANucleus) {
  Page page(small_field);
  page.click(Role::button, row(3));
  page.click("Plots");
  EXPECT_TRUE(page.says("^Histogram of Area"_re));
  const MirrorItem plot = page.reveal(page.the(Role::button, " against "_re));
  const auto before = page.pixel();
  const auto table = rows(page);
  const auto [least, most] = std::ranges::minmax(table, {}, &Row::area);
  const Row second = *std::ranges::find(table, 2, &Row::label);
  const double share = (second.area - least.area) / (most.area - least.area);
  const float x = plot.rect_min.x + 5 + static_cast<float>(share) * (plot.rect_max.x - plot.rect_min.x - 10);
  const Name of_second = "label 2\\b"_re;
  for (float y = plot.rect_min.y + 20; y < plot.rect_max.y - 20 && !of_second.fits(page.values()); y += 6)
    page.click_at({x, y});
  EXPECT_TRUE(of_second.fits(page.values())) << page.values();
  EXPECT_NE(page.pixel(), before);
  EXPECT_TRUE(page.everything_is_mirrored());
}

}  // namespace
}  // namespace floodlight::test
