// libFuzzer: a text is no link, and a sentence says why; or it is one that says the same after every way there and back.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/json.h"
#include "core/export/shared_state.h"
#include "tests/fuzz/require.h"

namespace {

using namespace floodlight;
using fuzz::require;

void check(const Result<SharedState>& read) {
  if (!read) {
    require(read.error().message.ends_with(".") || read.error().message.ends_with("?"), "a refusal is a sentence");
    return;
  }
  require(read->step < shared_steps.size(), "the step is one that there is");
  require(read->view.comparison < shared_comparisons.size(), "the comparison is one that there is");
  require(read->view.map < shared_maps.size(), "the colour map is one that there is");
  const std::string fragment = shared_state_fragment(*read);
  const auto by_link = shared_state_from_fragment(fragment);
  require(by_link.has_value(), "the link that was made of it opens");
  require(shared_state_fragment(*by_link) == fragment, "the link that was made of it opens the same");
  require(by_link->recipe == read->recipe, "the link keeps the recipe");

  const std::string json = write_json(shared_state_to_json(*read), 1);
  const auto parsed = parse_json(json);
  require(parsed.has_value() && is_shared_state(*parsed), "the file that was made of it is JSON");
  const auto by_file = shared_state_from_json(*parsed);
  require(by_file.has_value(), "the file that was made of it opens");
  require(by_file->recipe == read->recipe, "the file keeps the recipe");
  require(write_json(shared_state_to_json(*by_file), 1) == json, "the file that was made of it opens the same");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  check(shared_state_from_fragment(text));
  if (const auto json = parse_json(text); json && is_shared_state(*json)) check(shared_state_from_json(*json));
  return 0;
}
