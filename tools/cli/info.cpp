// `floodlight info`: what an image file says, and what its numbers are.
#include <array>
#include <cstdio>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/files/tiff.h"
#include "core/segment/likeness.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"
#include "tools/cli/paths.h"

namespace floodlight::cli {
namespace {

/// One page, and the values of each of its channels; of RGB those of the luminance.
struct PageFacts {
  TiffPage page;
  std::vector<Intensities> values;  ///< without their pixels; none where there is a problem
  std::vector<Likeness> likeness;   ///< of each of them
  std::string problem;              ///< a sentence, or empty
};

struct FileFacts {
  std::string file;
  std::vector<PageFacts> pages;
  std::string note;
  std::string problem;  ///< why there are no pages
};

PageFacts facts_of_page(TiffReader& file, int number) {
  const TiffPage page = file.page(number);
  PageFacts facts{.page = page, .values = {}, .likeness = {}, .problem = page.problem};
  const int channels = page.rgb ? 1 : page.channels;
  for (int channel = 0; channel < channels && facts.problem.empty(); ++channel) {
    const TiffSelection selection{.page = number, .channel = page.rgb ? TiffSelection::default_channel : channel};
    auto values = file.read(selection, native_limits);
    if (values) {
      facts.likeness.push_back(looks_like(values->pixels));
      values->pixels = {};
      facts.values.push_back(std::move(*values));
    } else {
      facts.problem = values.error().message;
    }
  }
  return facts;
}

FileFacts facts_of_file(const std::string& name) {
  FileFacts facts{.file = name, .pages = {}, .note = {}, .problem = {}};
  try {
    const auto bytes = read_bytes(name);
    auto file = bytes ? TiffReader::open(*bytes, name) : std::unexpected(bytes.error());
    if (!file) {
      facts.problem = file.error().message;
      return facts;
    }
    facts.note = file->note();
    for (int number = 0; number < file->pages(); ++number) facts.pages.push_back(facts_of_page(*file, number));
  } catch (const std::bad_alloc&) {
    facts.problem = name + " needs more memory than there is.";
  }
  return facts;
}

std::string text_of(const Intensities& values, Likeness likeness) {
  std::string text = "values " + shortest(values.min) + " to " + shortest(values.max);
  if (likeness == Likeness::mask) text += ", looks like a mask";
  if (likeness == Likeness::labels) text += ", looks like labels";
  if (values.type_maximum > 0 && likeness == Likeness::intensities) {
    text += ", " + std::to_string(values.saturated) + " saturated (at " + shortest(values.type_maximum) + ")";
  }
  if (values.nonfinite > 0) text += ", " + std::to_string(values.nonfinite) + " NaN or infinite";
  if (values.rounded) text += ", rounded to float32";
  return text;
}

std::string text_of(const TiffPage& page) {
  std::string text = page.known ? std::string(pixel_type_name(page.type)) : std::string("another type");
  text += " (" + std::to_string(page.bits) + " bits), " + std::to_string(page.rows) + " x " +
          std::to_string(page.cols) + " pixels (rows x columns), ";
  text += page.rgb ? "RGB" : page.channels == 1 ? "1 channel" : std::to_string(page.channels) + " channels";
  if (page.palette) text += " with a colour table";
  if (page.white_is_zero) text += ", 0 is white";
  if (!page.pixel_size_um) return text + ", no pixel size";
  text += ", " + shortest(*page.pixel_size_um);
  if (page.pixel_height_um) text += " x " + shortest(*page.pixel_height_um);
  text += page.pixel_height_um ? " um a pixel (width x height)" : " um a pixel";
  return text;
}

/// A line a page and, where there are several, a line a channel.
void print_lines(const FileFacts& facts) {
  if (!facts.problem.empty()) failed({facts.problem});
  int number = 0;
  for (const PageFacts& page : facts.pages) {
    std::string subject = facts.file;
    if (facts.pages.size() > 1) {
      subject += ", page " + std::to_string(number++);
      if (!page.page.title.empty()) subject += " (" + page.page.title + ")";
    }
    std::string line = subject + ": " + text_of(page.page);
    const std::size_t channels = page.values.size();
    if (channels == 1)
      line += std::string(page.page.rgb ? ", luminance: " : ", ") + text_of(page.values.front(), page.likeness.front());
    std::printf("%s\n", line.c_str());
    for (std::size_t channel = 0; channels > 1 && channel < channels; ++channel) {
      std::printf("%s, channel %zu: %s\n", subject.c_str(), channel + 1,
                  text_of(page.values[channel], page.likeness[channel]).c_str());
    }
    std::fflush(stdout);
    if (!page.problem.empty()) failed({page.problem});
  }
  if (!facts.note.empty()) std::fprintf(stderr, "%s\n", facts.note.c_str());
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json json_of(const Intensities& values, Likeness likeness) {
  constexpr std::array names = {"intensities", "mask", "labels"};
  const auto number = [](auto value) { return Json(static_cast<double>(value)); };
  return Json::Object{{"channel", values.luminance ? Json("luminance") : Json(values.channel + 1)},
                      {"minimum", values.min},
                      {"maximum", values.max},
                      {"looks_like", names[static_cast<std::size_t>(likeness)]},
                      {"saturated", likeness == Likeness::intensities ? number(values.saturated) : Json()},
                      {"nonfinite", number(values.nonfinite)},
                      {"rounded_to_float32", values.rounded}};
}

Json json_of(const FileFacts& facts) {
  Json::Array pages;
  for (const PageFacts& page : facts.pages) {
    Json::Array values;
    for (std::size_t i = 0; i < page.values.size(); ++i) {
      values.push_back(json_of(page.values[i], page.likeness[i]));
    }
    pages.emplace_back(
        Json::Object{{"type", page.page.known ? Json(pixel_type_name(page.page.type)) : Json()},
                     {"bits", page.page.bits},
                     {"rows", page.page.rows},
                     {"columns", page.page.cols},
                     {"channels", page.page.channels},
                     {"rgb", page.page.rgb},
                     {"palette", page.page.palette},
                     {"pixel_size_um", page.page.pixel_size_um ? Json(*page.page.pixel_size_um) : Json()},
                     {"pixel_height_um", page.page.pixel_height_um ? Json(*page.page.pixel_height_um) : Json()},
                     {"white_is_zero", page.page.white_is_zero},
                     {"saturates_at", page.page.type_maximum > 0 ? Json(page.page.type_maximum) : Json()},
                     {"title", text_or_null(page.page.title)},
                     {"values", std::move(values)},
                     {"problem", text_or_null(page.problem)}});
  }
  return Json::Object{{"file", facts.file},
                      {"pages", std::move(pages)},
                      {"note", text_or_null(facts.note)},
                      {"problem", text_or_null(facts.problem)}};
}

bool has_problem(const FileFacts& facts) {
  for (const PageFacts& page : facts.pages) {
    if (!page.problem.empty()) return true;
  }
  return !facts.problem.empty();
}

}  // namespace

int run_info(const Arguments& arguments) {
  if (arguments.operands.empty()) return usage_error("info needs at least one image: floodlight info cells.tif");
  const bool as_json = arguments.value("--json") != nullptr;
  int status = all_well;
  Json::Array all;
  for (const std::string& operand : arguments.operands) {
    const auto files = matching_files(operand);
    if (!files) {
      status = failed(files.error());
      continue;
    }
    for (const std::string& file : *files) {
      const FileFacts facts = facts_of_file(file);
      if (has_problem(facts)) status = some_failed;
      if (as_json) {
        all.push_back(json_of(facts));
      } else {
        print_lines(facts);
      }
    }
  }
  if (as_json) std::puts(write_json(all, 2).c_str());
  return status;
}

}  // namespace floodlight::cli
