// One image of a run of `segment`.
#include "tools/cli/segment_image.h"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <new>
#include <utility>
#include <vector>

#include "core/export/measurements_csv.h"
#include "core/pipeline/pipeline.h"
#include "tools/cli/files.h"
#include "tools/cli/interrupt.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

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

Result<void> save(const StageValues& values, const ImageJob& job, const SegmentOptions& options,
                  const TiffWriteOptions& write) {
  std::vector<std::pair<fs::path, Result<std::vector<std::byte>>>> files;
  files.emplace_back(job.labels, encode_label_tiff(values.labels, options.depth, write));
  if (options.stages) {
    Result<std::vector<std::byte>> stages[] = {
        encode_float_tiff(values.filtered, write), encode_mask_tiff(values.thresholded.mask, write),
        encode_mask_tiff(values.refined, write), encode_float_tiff(values.distance, write),
        encode_label_tiff(values.seeds.labels, options.depth, write)};
    static_assert(std::size(stages) == std::size(stage_endings));
    for (std::size_t i = 0; i < std::size(stages); ++i) {
      files.emplace_back(job.stem.string() + std::string(stage_endings[i]), std::move(stages[i]));
    }
  }
  if (options.outlines != nullptr) {
    files.emplace_back(job.stem.string() + std::string(options.outlines->ending),
                       options.outlines->encode(values.labels));
  }
  auto done = make_folder(options.folder);
  for (const auto& [path, content] : files) {
    if (done && !content) return fail(job.image + ": " + content.error().message);
    if (done) done = write_bytes(path, content);
  }
  return done;
}

}  // namespace

std::optional<Result<Segmented>> segment_image(const ImageJob& job, const SegmentOptions& options) {
  using namespace std::chrono_literals;
  if (interrupted()) return std::nullopt;
  if (job.refused) return std::unexpected(*job.refused);
  try {
    auto image = read_image(job.image, options.recipe);
    if (!image) return std::unexpected(std::move(image.error()));
    Segmented result{.note = note_on(*image, job.image, options.recipe), .rows = {}};
    TiffWriteOptions write{.pixel_size_um = image->pixel_size_um, .pixel_height_um = image->pixel_height_um};
    if (!std::isnan(options.recipe.pixel_size_um)) {
      const PixelSize size = pixel_size(options.recipe);
      write = {.pixel_size_um = size.width,
               .pixel_height_um = size.square() ? std::nullopt : std::optional(size.height)};
    }
    Pipeline pipeline;
    pipeline.set_recipe(options.recipe);
    pipeline.set_image(std::move(image->pixels));
    while (pipeline.run_for(50ms)) {
      if (interrupted()) return std::nullopt;
    }
    if (pipeline.failure()) return fail(job.image + ": " + pipeline.failure()->error.message);
    const StageValues& values = pipeline.values();
    if (const auto saved = save(values, job, options, write); !saved) return std::unexpected(saved.error());
    result.lowest_threshold = values.thresholded.cutoff.lowest;
    result.highest_threshold = values.thresholded.cutoff.highest;
    result.nuclei = values.nuclei;
    result.milliseconds = pipeline.total_milliseconds();
    if (options.measurements) {
      const std::string name = fs::path(job.image).filename().string();
      const double width = write.pixel_size_um.value_or(no_value);
      result.rows = measurements_csv_rows(name, values.measurements, {width, write.pixel_height_um.value_or(width)});
    }
    return result;
  } catch (const std::bad_alloc&) {
    return fail(job.image + " needs more memory than there is; cut it into smaller images.");
  }
}

}  // namespace floodlight::cli
