#include "web/app/files/app_files.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/foreign_text.h"
#include "core/base/words.h"
#include "core/files/output_name.h"
#include "core/files/tiff.h"
#include "core/score/score.h"
#include "core/score/truth_check.h"
#include "core/segment/filters.h"
#include "core/segment/label.h"
#include "core/segment/likeness.h"
#include "core/segment/one_value.h"
#include "core/segment/thresholds.h"
#include "web/app/files/share.h"
#include "web/app/platform/platform.h"
#include "web/app/state/app.h"
#include "web/app/state/image_file.h"
#include "web/app/widgets/widgets.h"

namespace floodlight::ui {
namespace {

constexpr std::string_view kept_back = "An exercise asks for this: answer it, or have the answer shown, then save.";

std::span<const std::byte> as_bytes(const std::vector<std::uint8_t>& bytes) { return std::as_bytes(std::span(bytes)); }

TiffWriteOptions sizes_of(const ImageSource& image) {
  return {.pixel_size_um = image.pixel_size_um, .pixel_height_um = image.pixel_height_um};
}

Mask mask_of(LabelView labels) {
  Mask mask(labels.rows(), labels.cols());
  std::ranges::transform(labels.pixels(), mask.pixels().begin(),
                         [](Label l) { return static_cast<std::uint8_t>(l > 0); });
  return mask;
}

/// A sentence where the image is no image of bright nuclei, what to do, and which of its values may be the nucleus.
App::OfferedMask what_it_looks_like(FloatView pixels, const std::string& name) {
  const Likeness likeness = looks_like(pixels);
  if (likeness == Likeness::intensities) return {};
  const bool labels = likeness == Likeness::labels;
  std::vector<float> values = labels ? std::vector<float>() : values_of_classes(pixels);
  const std::string_view what = labels                       ? "a label image, a number for each nucleus"
                                : likeness == Likeness::mask ? "a mask: 0 and one other value"
                                                             : "a segmentation: a few values in large areas";
  std::string says = name + " looks like " + std::string(what) +
                     ". Open the image that it was made from, or go on with it as the mask" +
                     (values.empty() ? "." : ": which value is the nucleus?") + " True labels open in step 8.";
  return {std::move(says), std::move(values)};
}

/// A sentence where what is dark in the file is bright here.
std::string of_white_zero(const TiffPage& page, const std::string& name) {
  if (!page.white_is_zero) return {};
  return name +
         " says that 0 is white: here its dark pixels are bright, and the background would be counted. Invert it "
         "first, in ImageJ with Edit > Invert.";
}

}  // namespace

void open_truth(App& app, const std::string& file, const std::vector<std::uint8_t>& bytes) {
  const std::string name = shown(file);
  const bool is_paint = std::exchange(app.painting.awaited, false);
  auto labels = read_label_tiff(as_bytes(bytes), name);
  if (!labels) {
    app.message = labels.error().message;
    return;
  }
  const auto& raw = app.values().raw;
  if (labels->rows() != raw.rows() || labels->cols() != raw.cols()) {
    const auto size = [](int rows, int cols) { return std::to_string(rows) + " x " + std::to_string(cols); };
    app.message = name + " has " + size(labels->rows(), labels->cols()) + " pixels, the image " +
                  size(raw.rows(), raw.cols()) + "; choose the " + (is_paint ? "paint" : "true labels") +
                  " of this image.";
    return;
  }
  if (is_paint) {
    auto paint = paint_of_labels(*labels);
    if (!paint) {
      app.message = name + ": " + paint.error().message;
      return;
    }
    take_paint(app, strokes_of(PaintView(*paint)));
    return;
  }
  const LabelView at_hand = app.has(Stage::labels) ? LabelView(app.values().labels) : LabelView();
  TruthCheck check = check_truth(*labels, at_hand, name);
  if (check.kind == TruthKind::intensities) {
    app.message = std::move(check.sentence);
    return;
  }
  if (check.kind == TruthKind::mask) {
    labels = label(MaskView(mask_of(*labels)), Connectivity::eight).labels;
    check.sentence += " Its pieces were numbered; nuclei that touch are one nucleus in it.";
  }
  app.message = std::move(check.sentence);
  if (app.message.empty() && !at_hand.empty()) {
    if (const auto scored = score(at_hand, *labels)) {
      app.message = strange_truth(static_cast<int>(scored->truth.size()), static_cast<int>(scored->predicted.size()),
                                  scored->dice, name);
    }
  }
  app.use_truth({std::move(*labels), name});
}

bool asks_for_mask(const App& app) { return !app.message.empty() && app.message == app.offered_mask.message; }

namespace {

/// Chooses filter and cutoff so that the mask is what another program has said.
void take_mask(App& app, std::optional<float> value) {
  Recipe recipe = app.recipe();
  recipe.mask_from = &mask_sources::classic;
  recipe.filter = value ? filters::one_value : filters::none;
  if (value) recipe.filter[kept_value] = static_cast<double>(*value);
  recipe.threshold = thresholds::manual;
  recipe.threshold[cutoff_value] = value ? 0.5 : 0;
  app.message.clear();
  app.edit_recipe(recipe);
  app.go_to(StepId::refine);
}

}  // namespace

void mask_answers(App& app) {
  const std::vector<float> values = app.offered_mask.values;
  if (values.empty() &&
      button("Use it as the mask", {.help = "Every pixel that is not 0 is a nucleus; go on at Refine."}))
    take_mask(app, std::nullopt);
  for (const float value : values) {
    if (value != values.front()) ImGui::SameLine(0, px(8));
    const std::string written = number(static_cast<double>(value));
    if (button(written + "##mask value", {.help = "The pixels of this value are the mask; go on at Refine.",
                                          .name = written + " is the nucleus"}))
      take_mask(app, value);
  }
  ImGui::SameLine(0, px(8));
}

void save_paint(App& app) {
  auto encoded = encode_label_tiff(labels_of_paint(app.painting.paint), LabelDepth::u16, sizes_of(app.image));
  if (!encoded) {
    app.message = encoded.error().message;
    return;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(encoded->data());
  platform::save_file(app.image.stem + "_paint.tif", {data, encoded->size()}, "image/tiff");
}

bool open_file(App& app, const std::string& name, std::vector<std::uint8_t> bytes) {
  const std::string said = shown(name);
  if (looks_like_json(name, bytes))
    return open_json(app, said, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  auto info = inspect_tiff(as_bytes(bytes), said);
  if (!info) {
    app.message = info.error().message;
    return false;
  }
  // A student's own parameters are kept; a sample's were made for that sample.
  const bool keeps_recipe = !app.image.sample;
  Recipe next = keeps_recipe ? app.recipe() : Recipe{};
  next.page = 0;
  next.channel = Channel::automatic;
  next.nonfinite_as_zero = false;
  next.seeds_by_hand.clear();
  if (next.seeds == SeedMethod::by_hand) next.seeds = SeedMethod::peaks;
  auto read = read_tiff(as_bytes(bytes), said, selection_of(next));
  if (!read) {
    app.message = read.error().message;
    return false;
  }
  next.pixel_size_um = read->pixel_size_um.value_or(no_value);
  next.pixel_height_um = read->pixel_height_um.value_or(no_value);
  ImageSource source;
  source.name = name;
  source.stem = stem_of(name);
  source.digest = digest_of(bytes);
  source.bytes = std::move(bytes);
  source.pages = std::move(info->pages);
  describe(source, *read);
  App::OfferedMask offered = info->note.empty() ? what_it_looks_like(read->pixels, said) : App::OfferedMask();
  std::string warning = !info->note.empty()        ? info->note
                        : !offered.message.empty() ? offered.message
                                                   : of_white_zero(source.pages.front(), said);
  app.use_image(std::move(source), std::move(read->pixels), next);
  if (app.before) app.before->came_along = keeps_recipe;
  if (!warning.empty()) app.message = std::move(warning);
  app.offered_mask = std::move(offered);
  if (app.awaited) answer_link(app);
  return true;
}

void save_labels(App& app) {
  // Where the set is looked at, its labels are meant.
  if (app.step == StepId::image_set && !app.image_set.set.fields.empty()) {
    app.image_set.view.save_open = true;
    reveal_fold(&app.image_set.view.save_open);
    return;
  }
  if (app.keeps_back(Stage::labels)) {
    app.message = std::string(kept_back);
    return;
  }
  if (!app.pipeline.current(Stage::labels)) {
    app.message = "There are no labels to save yet: the watershed has not finished.";
    return;
  }
  const auto depth = app.labels_as_uint16 ? LabelDepth::u16 : LabelDepth::u32;
  auto encoded = encode_label_tiff(app.values().labels, depth, sizes_of(app.image));
  if (!encoded) {
    app.message = encoded.error().message;
    return;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(encoded->data());
  platform::save_file(app.image.stem + "_labeled.tif", {data, encoded->size()}, "image/tiff");
}

void save_stage(App& app, Stage stage) {
  if (app.keeps_back(stage)) {
    app.message = std::string(kept_back);
    return;
  }
  if (!app.pipeline.current(stage)) return;
  const TiffWriteOptions options = sizes_of(app.image);
  const StageValues& v = app.values();
  Result<std::vector<std::byte>> encoded;
  switch (stage) {
    case Stage::raw:
      encoded = encode_float_tiff(v.raw, options);
      break;
    case Stage::filtered:
      encoded = encode_float_tiff(v.filtered, options);
      break;
    case Stage::mask:
      encoded = encode_mask_tiff(v.thresholded.mask, options);
      break;
    case Stage::components:
      encoded = encode_label_tiff(v.components.labels, LabelDepth::u32, options);
      break;
    case Stage::refined:
      encoded = encode_mask_tiff(v.refined, options);
      break;
    case Stage::distance:
      encoded = encode_float_tiff(v.distance, options);
      break;
    case Stage::seeds:
      encoded = encode_label_tiff(v.seeds.labels, LabelDepth::u32, options);
      break;
    case Stage::labels:
    case Stage::measurements:
      save_labels(app);
      return;
  }
  if (!encoded) {
    app.message = encoded.error().message;
    return;
  }
  const auto* data = reinterpret_cast<const std::uint8_t*>(encoded->data());
  // A sample's raw image is the file that the exported programs name.
  const std::string ending =
      stage == Stage::raw && app.image.sample ? ".tif" : "_" + std::string(stage_name(stage)) + ".tif";
  platform::save_file(app.image.stem + ending, {data, encoded->size()}, "image/tiff");
}

}  // namespace floodlight::ui
