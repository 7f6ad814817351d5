// `floodlight segment`: from image files to label files.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/pipeline.h"
#include "core/recipe.h"
#include "core/tiff.h"
#include "tools/cli/commands.h"
#include "tools/cli/files.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

struct SegmentOptions {
  Recipe recipe;
  fs::path folder = ".";  ///< where results go; made when it is not there
  bool stages = false;    ///< also save what lies between the image and its labels
  LabelDepth depth = LabelDepth::u32;
};

/// What is worth saying about one image.
struct Segmented {
  double threshold = 0;
  Label nuclei = 0;
  double milliseconds = 0;  ///< of the pipeline, without reading and writing files
  std::string note;         ///< something the student should know about the file, or empty
};

/// Reads, segments and saves one image after the other.
class Segmenter {
 public:
  explicit Segmenter(SegmentOptions options) : options_(std::move(options)) {}
  /// Writes `{stem}_labeled.tif` and, with stages, the others. Errors name the file. An image whose results would take
  /// the place of those of another image of this run is refused.
  Result<Segmented> run(const fs::path& image);

 private:
  SegmentOptions options_;
  std::map<std::string, fs::path> done_;  ///< images by stem
};

std::string note_on(const Intensities& image, const std::string& name, const Recipe& recipe) {
  if (image.nonfinite > 0 && recipe.nonfinite_as_zero) {
    return name + ": " + std::to_string(image.nonfinite) + " pixels are no finite numbers; they were taken as 0.";
  }
  if (image.rounded) {
    return name + ": some " + std::string(pixel_type_name(image.type)) +
           " values lie between two float32 numbers and were rounded to the nearer one.";
  }
  return {};
}

Result<Segmented> Segmenter::run(const fs::path& path) {
  try {
    const std::string name = path.string();
    auto bytes = read_bytes(path);
    if (!bytes) return std::unexpected(std::move(bytes.error()));
    const TiffSelection selection{.page = options_.recipe.page,
                                  .channel = static_cast<int>(options_.recipe.channel) - 1};
    auto image = read_tiff(*bytes, name, selection, native_limits);
    if (!image) return std::unexpected(std::move(image.error()));
    *bytes = {};

    const std::string stem = path.stem().string();
    if (const auto [other, is_new] = done_.emplace(stem, path); !is_new) {
      return fail(name + " would be saved as " + (options_.folder / (stem + "_labeled.tif")).string() +
                  ", where the result of " + other->second.string() + " is; give it another name or another --out.");
    }

    Segmented result{.note = note_on(*image, name, options_.recipe)};
    TiffWriteOptions write{.pixel_size_um = image->pixel_size_um};
    if (!std::isnan(options_.recipe.pixel_size_um)) write.pixel_size_um = options_.recipe.pixel_size_um;
    Pipeline pipeline;
    pipeline.set_recipe(options_.recipe);
    pipeline.set_image(std::move(image->pixels));
    pipeline.finish();
    if (pipeline.failure()) return fail(name + ": " + pipeline.failure()->error.message);
    const StageValues& values = pipeline.values();

    std::vector<std::pair<const char*, Result<std::vector<std::byte>>>> files;
    files.emplace_back("_labeled.tif", encode_label_tiff(values.labels, options_.depth, write));
    if (options_.stages) {
      files.emplace_back("_filtered.tif", encode_float_tiff(values.filtered, write));
      files.emplace_back("_mask.tif", encode_mask_tiff(values.thresholded.mask, write));
      files.emplace_back("_refined.tif", encode_mask_tiff(values.refined, write));
      files.emplace_back("_distance.tif", encode_float_tiff(values.distance, write));
      files.emplace_back("_seeds.tif", encode_label_tiff(values.seeds.labels, options_.depth, write));
    }
    if (auto made = make_folder(options_.folder); !made) return std::unexpected(std::move(made.error()));
    for (const auto& [ending, content] : files) {
      if (!content) return fail(name + ": " + content.error().message);
      if (auto done = write_bytes(options_.folder / (stem + ending), content); !done) {
        return std::unexpected(std::move(done.error()));
      }
    }
    result.threshold = values.thresholded.threshold;
    result.nuclei = values.nuclei;
    result.milliseconds = pipeline.total_milliseconds();
    return result;
  } catch (const std::bad_alloc&) {
    return fail(path.string() + " needs more memory than there is; cut it into smaller images.");
  }
}

}  // namespace

int run_segment(const Arguments& arguments) {
  if (arguments.operands.empty()) {
    return usage_error("segment needs at least one image: floodlight segment cells.tif");
  }
  SegmentOptions options;
  if (const std::string* folder = arguments.value("--out")) options.folder = *folder;
  options.stages = arguments.value("--stages") != nullptr;
  if (arguments.value("--uint16") != nullptr) options.depth = LabelDepth::u16;
  if (const std::string* file = arguments.value("--recipe")) {
    const auto text = read_text(*file);
    if (!text) return usage_error(text.error().message);
    auto recipe = recipe_from_text(*text);
    if (!recipe) return usage_error(*file + ": " + recipe.error().message);
    options.recipe = std::move(*recipe);
  }
  Segmenter segmenter(std::move(options));
  int status = all_well;
  for (const std::string& image : arguments.operands) {
    const auto done = segmenter.run(image);
    if (!done) {
      status = failed(done.error());
      continue;
    }
    std::printf("%s: threshold %s, %d %s, %.1f ms\n", image.c_str(), shortest(done->threshold).c_str(), done->nuclei,
                done->nuclei == 1 ? "nucleus" : "nuclei", done->milliseconds);
    std::fflush(stdout);
    if (!done->note.empty()) std::fprintf(stderr, "%s\n", done->note.c_str());
  }
  return status;
}

}  // namespace floodlight::cli
