// Components against labels: by hand, and against sets of what each component holds.
#include "core/explain/components_and_labels.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/segment/label.h"
#include "core/segment/watershed.h"
#include "tests/core/explain/flood_scenes.h"
#include "tests/core/reference.h"

namespace floodlight::test {
namespace {

TEST(ComponentsAndLabels, TellsWhatWasCutWhatStayedAndWhatWasLost) {
  const LabelImage components = label(mask_of({"####..##", "####..##", "........", "###..##."})).labels;
  const LabelImage labels = image_of<Label>(
      {{3, 3, 5, 5, 0, 0, 7, 7}, {3, 3, 5, 9, 0, 0, 7, 7}, {0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 4, 4, 0}});
  const ComponentsAndLabels found = components_and_labels(components, labels);
  EXPECT_EQ(found.components, 4);
  EXPECT_EQ(found.labels, 5);
  EXPECT_EQ(found.whole, 2);
  EXPECT_EQ(found.cut, 1);
  EXPECT_EQ(found.pieces, 3);
  EXPECT_EQ(found.unlabelled, 1);
  EXPECT_EQ(found.differences, (std::vector<ComponentDifference>{{1, 3, {0, 0}}, {3, 0, {3, 0}}}));
  EXPECT_EQ(
      found.fates,
      image_of<std::uint8_t>(
          {{2, 2, 2, 2, 0, 0, 1, 1}, {2, 2, 2, 2, 0, 0, 1, 1}, {0, 0, 0, 0, 0, 0, 0, 0}, {3, 3, 3, 0, 0, 1, 1, 0}}));
}

TEST(ComponentsAndLabels, OfNothingAreNone) {
  EXPECT_EQ(components_and_labels(LabelView(), LabelView()).components, 0);
  const ComponentsAndLabels dark = components_and_labels(LabelImage(3, 4), LabelImage(3, 4));
  EXPECT_EQ(dark.components + dark.labels + dark.cut + dark.unlabelled, 0);
  EXPECT_EQ(dark.fates, Image<std::uint8_t>(3, 4));
}

TEST(ComponentsAndLabels, ALabelInSeveralComponentsCountsInEach) {
  const LabelImage components = image_of<Label>({{1, 0, 2, 2, 0}});
  const LabelImage labels = image_of<Label>({{6, 6, 6, 8, 8}});
  const ComponentsAndLabels found = components_and_labels(components, labels);
  EXPECT_EQ(found.labels, 2);
  EXPECT_EQ(found.whole, 1);
  EXPECT_EQ(found.cut, 1);
  EXPECT_EQ(found.pieces, 2);
}

TEST(ComponentsAndLabels, AgreesWithSetsOnAnyFlood) {
  for (const Pixel shape : odd_shapes()) {
    for (const double share : {0.3, 0.6}) {
      for (const bool line : {false, true}) {
        const Scene s = scene(shape, 17, 4, share);
        const LabelImage components = label(s.mask).labels;
        const LabelImage labels = watershed<double>(s.image.view(), s.markers, s.mask, {Connectivity::eight, line, 0});
        std::map<Label, std::set<Label>> held;
        std::set<Label> different;
        for (std::size_t i = 0; i < labels.size(); ++i) {
          const Label component = components.pixels()[i];
          const Label own = labels.pixels()[i];
          if (own > 0) different.insert(own);
          if (component == 0) continue;
          auto& of_component = held[component];
          if (own > 0) of_component.insert(own);
        }
        const ComponentsAndLabels found = components_and_labels(components, labels);
        EXPECT_EQ(found.components, static_cast<int>(held.size()));
        EXPECT_EQ(found.labels, static_cast<int>(different.size()));
        EXPECT_EQ(found.whole + found.cut + found.unlabelled, found.components);
        int pieces = 0;
        for (const auto& [component, labels_there] : held) {
          if (labels_there.size() > 1) pieces += static_cast<int>(labels_there.size());
        }
        EXPECT_EQ(found.pieces, pieces);
        for (std::size_t i = 0; i < labels.size(); ++i) {
          const Label component = components.pixels()[i];
          const std::size_t count = component == 0 ? 1 : held[component].size();
          const ComponentFate expected = component == 0 ? ComponentFate::background
                                         : count == 0   ? ComponentFate::unlabelled
                                         : count == 1   ? ComponentFate::whole
                                                        : ComponentFate::cut;
          ASSERT_EQ(found.fates.pixels()[i], static_cast<std::uint8_t>(expected));
        }
      }
    }
  }
}

}  // namespace
}  // namespace floodlight::test
