// `floodlight segment`: from image files to label files.
#include "tools/cli/segment.h"

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include "core/pipeline.h"

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

constexpr TiffLimits native_limits{.max_side = 32768};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

template <typename Container>
Result<Container> read_file(const fs::path& path) {
  const auto trouble = [&](const char* why) { return fail(path.string() + " cannot be read: " + why + "."); };
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return trouble("it is a folder, not a file");
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return trouble(std::strerror(errno));
  Container content;
  constexpr std::size_t block = std::size_t{1} << 20;
  std::size_t got = block;
  while (got == block) {
    const std::size_t size = content.size();
    content.resize(size + block);
    got = std::fread(content.data() + size, 1, block, file.get());
    content.resize(size + got);
  }
  if (std::ferror(file.get()) != 0) return trouble(std::strerror(errno));
  return content;
}

Result<void> write_file(const fs::path& path, const std::vector<std::byte>& bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  bool done = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (file != nullptr) done = std::fclose(file) == 0 && done;
  if (!done) return fail(path.string() + " cannot be written: " + std::strerror(errno) + ".");
  return {};
}

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

}  // namespace

Result<std::string> read_text(const fs::path& path) { return read_file<std::string>(path); }

Result<Segmented> Segmenter::run(const fs::path& path) {
  try {
    const std::string name = path.string();
    auto bytes = read_file<std::vector<std::byte>>(path);
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
    std::error_code why;
    fs::create_directories(options_.folder, why);
    if (why) return fail("The folder " + options_.folder.string() + " cannot be made: " + why.message() + ".");
    for (const auto& [ending, content] : files) {
      if (!content) return fail(name + ": " + content.error().message);
      if (auto done = write_file(options_.folder / (stem + ending), *content); !done) {
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

}  // namespace floodlight::cli
