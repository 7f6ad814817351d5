// Links, states and recipes that version 0.1.0 wrote open as they did then: tests/data/kept_links.json holds twenty of them,
// with what was read from each and a digest of the labels that its recipe made of the sample nuclei_01. They are never
// written anew.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/export/shared_state.h"
#include "core/pipeline/pipeline.h"
#include "core/samples/samples.h"
#include "tests/core/reference.h"
#include "tests/core/sha256.h"

namespace floodlight {
namespace {

std::string text_of(const Json& json, std::string_view name) {
  const Json* member = json.find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : std::string();
}

/// Everything that was said then is said now, in the same words; what is new may be said besides.
void expect_still_said(const Json& then, const Json& now, const std::string& where) {
  if (then.object() == nullptr) {
    EXPECT_EQ(now.text(), then.text()) << where;
    return;
  }
  for (const auto& [name, value] : *then.object()) {
    const Json* member = now.find(name);
    if (member == nullptr) {
      ADD_FAILURE() << where << "." << name << " is not said any more";
    } else {
      expect_still_said(value, *member, where + "." + name);
    }
  }
}

std::string labels_of(const Recipe& recipe) {
  static const Image<float> image = make_sample("nuclei_01")->pixels;
  Pipeline pipeline;
  pipeline.set_image(image);
  pipeline.set_recipe(recipe);
  pipeline.finish();
  if (pipeline.failure()) return "refused: " + pipeline.failure()->error.message;
  return test::sha256(std::as_bytes(pipeline.values().labels.pixels()));
}

TEST(KeptLinks, OpenAsTheyDidThen) {
  const Json kept = test::read_json(test::data_path("kept_links.json"));
  ASSERT_NE(kept.array(), nullptr);
  ASSERT_EQ(kept.array()->size(), 20U);
  for (const Json& entry : *kept.array()) {
    const std::string kind = text_of(entry, "kind");
    const std::string text = text_of(entry, "text");
    SCOPED_TRACE(text);
    Recipe recipe;
    if (kind == "recipe") {
      const auto read = recipe_from_text(text);
      ASSERT_TRUE(read.has_value()) << read.error().message;
      recipe = *read;
      expect_still_said(*entry.find("recipe"), recipe_to_json(recipe), "recipe");
    } else {
      const auto read =
          kind == "link" ? shared_state_from_fragment(text) : shared_state_from_json(parse_json(text).value());
      ASSERT_TRUE(read.has_value()) << read.error().message;
      recipe = read->recipe;
      expect_still_said(*entry.find("state"), shared_state_to_json(*read), "state");
    }
    EXPECT_EQ(labels_of(recipe), text_of(entry, "labels"));
  }
}

}  // namespace
}  // namespace floodlight
