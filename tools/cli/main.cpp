// The command line program: segments images as the page does.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/recipe.h"
#include "tools/cli/segment.h"

namespace {

using namespace floodlight;

constexpr int all_well = 0;
constexpr int some_failed = 1;
constexpr int wrong_usage = 2;

constexpr const char* help = R"(floodlight: from an image of nuclei to labelled nuclei, as scikit-image does it.

floodlight segment IMAGE.tif... [--recipe R.json] [--out DIR] [--stages] [--uint16]
    Segments each image and saves the labels as DIR/{stem}_labeled.tif (uint32; DIR is the current folder unless given).
    Prints one line an image: file, threshold, nuclei, milliseconds. An image that cannot be read is reported and does
    not stop the others.
    --recipe R.json  what to do, as `floodlight recipe` prints it or the page saves it; the lab's pipeline unless given
    --out DIR        the folder for the results; it is made when it is not there
    --stages         also saves {stem}_filtered.tif, _mask.tif, _refined.tif, _distance.tif and _seeds.tif
    --uint16         saves labels as uint16, while they fit

floodlight recipe
    Prints the default recipe, the lab's pipeline, as JSON.

floodlight --help, floodlight --version

Exit status: 0 all well, 1 an image failed, 2 wrong usage or an unusable recipe.
)";

int usage_error(const std::string& what) {
  std::fprintf(stderr, "floodlight: %s\nfloodlight --help says what is possible.\n", what.c_str());
  return wrong_usage;
}

bool asks_for_help(std::string_view argument) { return argument == "--help" || argument == "-h"; }

struct Arguments {
  std::vector<std::filesystem::path> images;
  std::string recipe;
  cli::SegmentOptions options;
  bool help = false;
};

Result<Arguments> parse_segment(std::span<char* const> given) {
  Arguments result;
  bool options_over = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string argument = given[i];
    if (options_over || !argument.starts_with("-") || argument == "-") {
      result.images.emplace_back(argument);
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    if (name == "--recipe" || name == "--out") {
      if (equals == std::string::npos && i + 1 == given.size()) return fail(name + " needs a value after it.");
      const std::string value = equals == std::string::npos ? given[++i] : argument.substr(equals + 1);
      if (value.empty()) return fail(name + " needs a value that is not empty.");
      if (name == "--recipe") {
        result.recipe = value;
      } else {
        result.options.folder = value;
      }
    } else if (argument == "--stages") {
      result.options.stages = true;
    } else if (argument == "--uint16") {
      result.options.depth = LabelDepth::u16;
    } else if (argument == "--") {
      options_over = true;
    } else if (asks_for_help(argument)) {
      result.help = true;
    } else {
      return fail("there is no option " + argument + ".");
    }
  }
  if (result.images.empty() && !result.help)
    return fail("segment needs at least one image: floodlight segment cells.tif");
  return result;
}

int segment(std::span<char* const> given) {
  auto arguments = parse_segment(given);
  if (!arguments) return usage_error(arguments.error().message);
  if (arguments->help) {
    std::fputs(help, stdout);
    return all_well;
  }
  if (!arguments->recipe.empty()) {
    const auto text = cli::read_text(arguments->recipe);
    if (!text) return usage_error(text.error().message);
    auto recipe = recipe_from_text(*text);
    if (!recipe) return usage_error(arguments->recipe + ": " + recipe.error().message);
    arguments->options.recipe = std::move(*recipe);
  }
  cli::Segmenter segmenter(std::move(arguments->options));
  int status = all_well;
  for (const std::filesystem::path& image : arguments->images) {
    const auto done = segmenter.run(image);
    if (!done) {
      std::fprintf(stderr, "floodlight: %s\n", done.error().message.c_str());
      status = some_failed;
      continue;
    }
    std::printf("%s: threshold %s, %d %s, %.1f ms\n", image.c_str(), shortest(done->threshold).c_str(), done->nuclei,
                done->nuclei == 1 ? "nucleus" : "nuclei", done->milliseconds);
    std::fflush(stdout);
    if (!done->note.empty()) std::fprintf(stderr, "%s\n", done->note.c_str());
  }
  return status;
}

}  // namespace

int main(int count, char** values) {
  const std::span<char* const> arguments(values + 1, count > 1 ? static_cast<std::size_t>(count - 1) : 0);
  if (arguments.empty()) return usage_error("what is to be done?");
  const std::string_view command = arguments.front();
  if (asks_for_help(command) || command == "help") {
    std::fputs(help, stdout);
    return all_well;
  }
  if (command == "--version") {
    std::puts("floodlight " FLOODLIGHT_VERSION);
    return all_well;
  }
  if (command == "segment") return segment(arguments.subspan(1));
  if (command == "recipe") {
    if (arguments.size() > 1) return usage_error("recipe takes nothing more; it prints the default recipe.");
    std::puts(write_json(recipe_to_json({}), 2).c_str());
    return all_well;
  }
  return usage_error("there is no command " + std::string(command) + "; there are segment and recipe.");
}
