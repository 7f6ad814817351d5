#include "web/app/app.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/python.h"
#include "core/samples.h"
#include "web/app/platform.h"
#include "web/app/steps.h"
#include "web/app/theme.h"

namespace floodlight::ui {
namespace {

std::string stem_of(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

TiffSelection selection(const Recipe& recipe) {
  return {.page = recipe.page,
          .channel = recipe.channel == Channel::automatic ? TiffSelection::default_channel
                                                          : static_cast<int>(recipe.channel) - 1};
}

/// The window that shows most of the image: from its 0.1st to its 99.9th percentile, so that a hot pixel darkens nothing.
std::pair<float, float> window_of(FloatView image) {
  std::vector<float> values;
  // A sample of some hundred thousand pixels says it as well as all of them.
  const std::size_t stride = std::max<std::size_t>(1, image.size() / 200000);
  for (std::size_t i = 0; i < image.size(); i += stride) {
    if (std::isfinite(image.pixels()[i])) values.push_back(image.pixels()[i]);
  }
  if (values.empty()) return {0, 1};
  const auto at = [&](double share) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, place);
    return *place;
  };
  const float low = at(0.001);
  const float high = at(0.999);
  return {low, high > low ? high : low + 1};
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

constexpr std::string_view light_setting = "light";

}  // namespace

App::App() { pipeline.set_recipe(Recipe{}); }

App& app() {
  static App the_app;
  return the_app;
}

void App::use_image(ImageSource source, Image<float> pixels, const Recipe& recipe) {
  image = std::move(source);
  const auto [low, high] = window_of(pixels);
  display.window_low = low;
  display.window_high = high;
  display.saturation = static_cast<float>(image.type_maximum);
  display.mark_saturated = false;
  view.fitted = true;
  view.pinned.reset();
  view.hovered.reset();
  message.clear();
  pipeline.set_recipe(recipe);
  pipeline.set_image(std::move(pixels));
  platform::set_title(image.name + " - Floodlight");
}

void App::open_sample(std::size_t index) {
  const SampleInfo& info = samples()[index];
  auto sample = make_sample(info.id);
  if (!sample) {
    message = sample.error().message;
    return;
  }
  ImageSource source;
  source.name = info.title;
  source.stem = info.id;
  source.sample = index;
  source.type = sample->type;
  source.type_maximum = sample->type_maximum;
  source.pixel_size_um = sample->pixel_size_um;
  const auto values = sample->pixels.pixels();
  const auto [low, high] = std::ranges::minmax(values);
  source.minimum = static_cast<double>(low);
  source.maximum = static_cast<double>(high);
  source.saturated =
      std::ranges::count_if(values, [&](float v) { return static_cast<double>(v) >= source.type_maximum; });
  Recipe recipe = info.recipe;
  if (sample->pixel_size_um) recipe.pixel_size_um = *sample->pixel_size_um;
  use_image(std::move(source), std::move(sample->pixels), recipe);
}

void App::open_file(const std::string& name, std::vector<std::uint8_t> bytes) {
  auto info = inspect_tiff(as_bytes(bytes), name);
  if (!info) {
    message = info.error().message;
    return;
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
    return;
  }
  next.pixel_size_um = read->pixel_size_um.value_or(no_value);
  ImageSource source;
  source.name = name;
  source.stem = stem_of(name);
  source.bytes = std::move(bytes);
  source.pages = std::move(info->pages);
  describe(source, *read);
  use_image(std::move(source), std::move(read->pixels), next);
  if (!info->note.empty()) message = info->note;
}

void App::reread_file() {
  if (image.bytes.empty()) return;
  auto read = read_tiff(as_bytes(image.bytes), image.name, selection(recipe()));
  if (!read) {
    message = read.error().message;
    return;
  }
  ImageSource source = std::move(image);
  describe(source, *read);
  use_image(std::move(source), std::move(read->pixels), recipe());
}

void App::edit_recipe(const Recipe& recipe) {
  pipeline.set_recipe(recipe);
  platform::request_frame();
}

void App::go_to(StepId next) {
  if (next == step) return;
  step = next;
  explanation_height = 0;
  platform::request_frame();
}

void App::save_labels() {
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
  platform::save_file(image.stem + "_" + suffix + ".tif", {data, encoded->size()}, "image/tiff");
}

void App::fit() { view.fitted = true; }

void App::zoom_by(float factor) { set_zoom(view.target_zoom * factor); }

void App::set_zoom(float zoom) {
  view.target_zoom = zoom;
  view.fitted = false;
  const ImVec2 middle((view.area_min.x + view.area_max.x) / 2, (view.area_min.y + view.area_max.y) / 2);
  view.anchor = view.hovered ? ImGui::GetIO().MousePos : middle;
  if (view.pinned) {
    view.anchor = middle;
    view.centre = {static_cast<float>(view.pinned->col) + 0.5F, static_cast<float>(view.pinned->row) + 0.5F};
  }
  platform::request_frame();
}

void App::zoom_to_pixel() { set_zoom(44 * scale()); }

void App::move_pin(int rows, int cols) {
  if (!has(Stage::raw)) return;
  const auto& raw = values().raw;
  Pixel p = view.pinned.value_or(Pixel{static_cast<int>(view.centre.y), static_cast<int>(view.centre.x)});
  if (view.pinned) {
    p.row += rows;
    p.col += cols;
  }
  view.pinned = Pixel{std::clamp(p.row, 0, raw.rows() - 1), std::clamp(p.col, 0, raw.cols() - 1)};
}

void App::set_presenting(bool on) {
  presenting = on;
  explanation_height = 0;
  display.outline = on ? 3 : 1.5F;
  platform::request_frame();
}

void App::set_light(bool light) {
  ui::set_light(light);
  platform::set_page_theme(light);
  platform::set_setting(std::string(light_setting), light ? "1" : "0");
  platform::request_frame();
}

void App::context_lost() { gpu.forget(); }

void App::context_restored() {
  if (auto wrong = gpu.start()) platform::give_up(*wrong);
}

}  // namespace floodlight::ui
