// Files that the app opens and saves: images, true labels, the value of a stage.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/output_name.h"
#include "core/tiff.h"
#include "web/app/app.h"
#include "web/app/platform.h"
#include "web/app/share.h"
#include "web/app/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::string_view kept_back = "An exercise asks for this: answer it, or have the answer shown, then save.";

TiffSelection selection(const Recipe& recipe) {
  return {.page = recipe.page,
          .channel = recipe.channel == Channel::automatic ? TiffSelection::default_channel
                                                          : static_cast<int>(recipe.channel) - 1};
}

std::span<const std::byte> as_bytes(const std::vector<std::uint8_t>& bytes) { return std::as_bytes(std::span(bytes)); }

void describe(ImageSource& source, const Intensities& read) {
  source.type = read.type;
  source.type_maximum = read.type_maximum;
  source.saturated = read.saturated;
  source.nonfinite = read.nonfinite;
  source.rounded = read.rounded;
  source.minimum = read.min;
  source.maximum = read.max;
  source.pixel_size_um = read.pixel_size_um;
}

}  // namespace

void App::open_truth(const std::string& name, const std::vector<std::uint8_t>& bytes) {
  auto labels = read_label_tiff(as_bytes(bytes), name);
  if (!labels) {
    message = labels.error().message;
    return;
  }
  const auto& raw = values().raw;
  if (labels->rows() != raw.rows() || labels->cols() != raw.cols()) {
    const auto size = [](int rows, int cols) { return std::to_string(rows) + " x " + std::to_string(cols); };
    message = name + " has " + size(labels->rows(), labels->cols()) + " pixels, the image " +
              size(raw.rows(), raw.cols()) + "; choose the true labels of this image.";
    return;
  }
  message.clear();
  ++truth_version_;
  truth = Truth{std::move(*labels), name};
  scored_version_ = 0;
  platform::request_frame();
}

bool App::open_file(const std::string& name, std::vector<std::uint8_t> bytes) {
  if (looks_like_json(name, bytes))
    return open_json(*this, name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  auto info = inspect_tiff(as_bytes(bytes), name);
  if (!info) {
    message = info.error().message;
    return false;
  }
  // A student's own parameters are kept; a sample's were made for that sample.
  Recipe next = image.sample ? Recipe{} : recipe();
  next.page = 0;
  next.channel = Channel::automatic;
  next.nonfinite_as_zero = false;
  next.seeds_by_hand.clear();
  if (next.seeds == SeedMethod::by_hand) next.seeds = SeedMethod::peaks;
  auto read = read_tiff(as_bytes(bytes), name, selection(next));
  if (!read) {
    message = read.error().message;
    return false;
  }
  next.pixel_size_um = read->pixel_size_um.value_or(no_value);
  ImageSource source;
  source.name = name;
  source.stem = stem_of(name);
  source.digest = digest_of(bytes);
  source.bytes = std::move(bytes);
  source.pages = std::move(info->pages);
  describe(source, *read);
  use_image(std::move(source), std::move(read->pixels), next);
  if (!info->note.empty()) message = info->note;
  if (awaited) answer_link(*this);
  return true;
}

bool App::reread_file() {
  if (image.bytes.empty()) return true;
  auto read = read_tiff(as_bytes(image.bytes), image.name, selection(recipe()));
  if (!read) {
    message = read.error().message;
    return false;
  }
  ImageSource source = std::move(image);
  describe(source, *read);
  // The file is the same, and so is what was done before.
  RecipeHistory kept = std::move(history);
  use_image(std::move(source), std::move(read->pixels), recipe());
  history = std::move(kept);
  return true;
}

bool App::keeps_back(Stage stage) const {
  const auto any = [this](std::initializer_list<Covers> list) {
    return std::ranges::any_of(list, [this](Covers what) { return covers(what); });
  };
  switch (stage) {
    case Stage::raw:
      return false;
    case Stage::filtered:
      return any({Covers::filtered_value, Covers::footprint});
    case Stage::mask:
      return any({Covers::mask_value, Covers::threshold, Covers::counts});
    case Stage::components:
      return any({Covers::component, Covers::counts});
    case Stage::refined:
      return any({Covers::mask_value, Covers::refined, Covers::counts});
    case Stage::distance:
      return any({Covers::distance});
    case Stage::seeds:
      return any({Covers::distance, Covers::seeds, Covers::counts});
    case Stage::labels:
    case Stage::measurements:
      break;
  }
  return any({Covers::labels, Covers::measurements, Covers::counts});
}

void App::save_labels() {
  // Where the set is looked at, its labels are meant.
  if (step == StepId::many && !many.fields.empty()) {
    many_view.save_open = true;
    reveal_fold(&many_view.save_open);
    return;
  }
  if (keeps_back(Stage::labels)) {
    message = std::string(kept_back);
    return;
  }
  if (!pipeline.current(Stage::labels)) {
    message = "There are no labels to save yet: the watershed has not finished.";
    return;
  }
  const auto depth = labels_as_uint16 ? LabelDepth::u16 : LabelDepth::u32;
  auto encoded = encode_label_tiff(values().labels, depth, {.pixel_size_um = image.pixel_size_um});
  if (!encoded) {
    message = encoded.error().message;
    return;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(encoded->data());
  platform::save_file(image.stem + "_labeled.tif", {data, encoded->size()}, "image/tiff");
}

void App::save_stage(Stage stage) {
  if (keeps_back(stage)) {
    message = std::string(kept_back);
    return;
  }
  if (!pipeline.current(stage)) return;
  const TiffWriteOptions options{.pixel_size_um = image.pixel_size_um};
  const StageValues& v = values();
  Result<std::vector<std::byte>> encoded;
  std::string suffix;
  switch (stage) {
    case Stage::raw:
      encoded = encode_float_tiff(v.raw, options);
      suffix = "raw";
      break;
    case Stage::filtered:
      encoded = encode_float_tiff(v.filtered, options);
      suffix = "filtered";
      break;
    case Stage::mask:
      encoded = encode_mask_tiff(v.thresholded.mask, options);
      suffix = "mask";
      break;
    case Stage::components:
      encoded = encode_label_tiff(v.components.labels, LabelDepth::u32, options);
      suffix = "components";
      break;
    case Stage::refined:
      encoded = encode_mask_tiff(v.refined, options);
      suffix = "refined";
      break;
    case Stage::distance:
      encoded = encode_float_tiff(v.distance, options);
      suffix = "distance";
      break;
    case Stage::seeds:
      encoded = encode_label_tiff(v.seeds.labels, LabelDepth::u32, options);
      suffix = "seeds";
      break;
    case Stage::labels:
    case Stage::measurements:
      save_labels();
      return;
  }
  if (!encoded) {
    message = encoded.error().message;
    return;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(encoded->data());
  // A sample's raw image is the file that the exported programs name.
  const std::string ending = stage == Stage::raw && image.sample ? ".tif" : "_" + suffix + ".tif";
  platform::save_file(image.stem + ending, {data, encoded->size()}, "image/tiff");
}

}  // namespace floodlight::ui
