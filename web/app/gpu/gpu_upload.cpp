// Stages on their way to the GPU: so many bytes a frame, beside what is still shown.
#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/segment/label_colours.h"
#include "web/app/gpu/gpu.h"
#include "web/app/gpu/gpu_texture.h"

namespace floodlight::ui {
namespace {

constexpr int colours_width = 2048;  // labels a row of the texture of colour indices

constexpr std::size_t bytes_a_frame = std::size_t{4} << 20U;
constexpr std::chrono::milliseconds colours_time{6};

// What a stage is to the GPU: its pixels as bytes, and how they are laid out.
struct Source {
  int rows = 0;
  int cols = 0;
  const void* pixels = nullptr;
  TexelFormat format = GL_R32F;
};
Source source(FloatView image) { return {image.rows(), image.cols(), image.data()}; }
Source source(MaskView image) { return {image.rows(), image.cols(), image.data(), GL_R8UI}; }
Source source(LabelView image) { return {image.rows(), image.cols(), image.data(), GL_R32I}; }

Source source(const LayerImages& images, Layer layer) {
  const StageValues& values = images.pipeline.values();
  switch (layer) {
    case Layer::raw:
      return source(values.raw.view());
    case Layer::filtered:
      return source(values.filtered.view());
    case Layer::raw_mask:
      return source(values.raw_thresholded.mask.view());
    case Layer::mask:
      return source(values.thresholded.mask.view());
    case Layer::components:
      return source(values.components.labels.view());
    case Layer::refined:
      return source(values.refined.view());
    case Layer::seeds:
      if (!values.interior_distance.empty()) return source(values.interior_distance.view());
      [[fallthrough]];
    case Layer::distance:
      return source(values.distance.view());
    case Layer::labels:
      return source(values.labels.view());
    case Layer::photons:
      return source(images.photons);
    case Layer::fates:
      return source(images.fates);
    case Layer::experiment:
      return source(images.experiment);
    case Layer::growth:
      return source(images.growth.labels);
    case Layer::flood:
      return source(images.flood.labels);
    case Layer::repairs:
      return source(images.repairs);
    case Layer::islands:
      return source(images.islands);
    case Layer::differences:
      return source(images.differences);
    case Layer::probability:
      return source(images.probability);
    case Layer::feature:
      return source(images.feature);
    case Layer::uncertainty:
      return source(images.uncertainty);
    case Layer::passing:
      return source(images.passing);
  }
  return {};
}

std::size_t bytes_of_row(const Source& s) { return static_cast<std::size_t>(s.cols) * texel_bytes(s.format); }

/// The labels of a layer that is drawn in their colours; else empty.
LabelView coloured_labels(const LayerImages& images, Layer layer) {
  switch (layer) {
    case Layer::components:
      return images.pipeline.values().components.labels;
    case Layer::labels:
      return images.pipeline.values().labels;
    case Layer::islands:
      return images.islands;
    case Layer::growth:
      return images.growth.labels;
    case Layer::flood:
      return images.flood.labels;
    default:
      return {};
  }
}

}  // namespace

bool Gpu::upload(const LayerImages& images, const std::vector<Layer>& wanted) {
  for (std::size_t i = 0; i < layer_count; ++i) {
    // What is left of the image before: its shape may be another.
    if (!images.has(static_cast<Layer>(i))) textures_[i].version = 0;
  }
  std::size_t budget = bytes_a_frame;
  for (const Layer layer : wanted) {
    if (!images.has(layer) || images.version(layer) == textures_[index(layer)].version) continue;
    if (budget == 0) return true;
    if (!go_on_with(images, layer, budget)) return true;
  }
  if (budget == 0 && images.pinned_version != pinned_texture_.version) return true;
  upload_pinned(images);
  return false;
}

void Gpu::upload_pinned(const LayerImages& images) {
  if (images.pinned.empty()) pinned_texture_.version = 0;
  if (images.pinned.empty() || images.pinned_version == pinned_texture_.version) return;
  if (pinned_texture_.id == 0) pinned_texture_.id = new_texture(GL_NEAREST);
  const Source s = source(images.pinned);
  size_texture(pinned_texture_.id, s.format, s.cols, s.rows, s.pixels);
  ++contents_;
  uploaded_bytes_ += static_cast<std::uint64_t>(bytes_of_row(s)) * static_cast<std::uint64_t>(s.rows);
  pinned_texture_.rows = images.pinned.rows();
  pinned_texture_.cols = images.pinned.cols();
  pinned_texture_.version = images.pinned_version;
}

/// What a stage is made of on the GPU: its own pixels, and of arrivals the times.
bool Gpu::go_on_with(const LayerImages& images, Layer layer, std::size_t& budget) {
  const Source own = source(images, layer);
  // The raw image's mask is empty where the method has no answer for it.
  if (own.pixels == nullptr || own.rows == 0) return true;
  const std::uint32_t version = images.version(layer);
  if (!pending_ || pending_->layer != layer || pending_->texture.version != version) {
    discard_pending();
    pending_.emplace();
    pending_->layer = layer;
    pending_->texture.version = version;
    pending_->texture.rows = own.rows;
    pending_->texture.cols = own.cols;
    const LabelView labels = coloured_labels(images, layer);
    if (!labels.empty()) pending_->colours.emplace(label_colours_in_slices(labels));
  }
  Upload& upload = *pending_;
  if (upload.colours) {
    const auto end = std::chrono::steady_clock::now() + colours_time;
    while (upload.colours->advance()) {
      if (std::chrono::steady_clock::now() >= end) return false;
    }
    put_colours(upload.colours->take());
    upload.colours.reset();
  }
  const Arrival& arrival = layer == Layer::growth ? images.growth : images.flood;
  const bool arrives = layer == Layer::growth || layer == Layer::flood;
  const auto put = [&](std::size_t part, GLuint& id, const Source& s) {
    if (upload.part != part) return true;
    if (id == 0) {
      id = new_texture(GL_NEAREST);
      size_texture(id, s.format, s.cols, s.rows);
    }
    const std::size_t a_row = bytes_of_row(s);
    const int rows = std::min(s.rows - upload.row, static_cast<int>(std::max<std::size_t>(1, budget / a_row)));
    const std::size_t sent = static_cast<std::size_t>(rows) * a_row;
    fill_texture(id, s.format, {0, upload.row, s.cols, rows},
                 static_cast<const std::uint8_t*>(s.pixels) + static_cast<std::size_t>(upload.row) * a_row);
    uploaded_bytes_ += sent;
    budget -= std::min(budget, sent);
    upload.row += rows;
    if (upload.row < s.rows) return false;
    upload.row = 0;
    ++upload.part;
    return budget > 0;
  };
  const std::size_t parts = arrives ? 3 : 1;
  Texture& texture = upload.texture;
  bool more_room = put(0, texture.id, own);
  if (arrives && more_room) more_room = put(1, texture.taken, source(arrival.taken));
  if (arrives && more_room) put(2, texture.pushed, source(arrival.pushed));
  if (upload.part < parts) return false;
  std::swap(textures_[index(layer)], upload.texture);
  ++contents_;
  discard_pending();
  if (layer == Layer::distance || layer == Layer::seeds) highest_distance_ = images.pipeline.values().highest_distance;
  return true;
}

void Gpu::put_colours(std::vector<std::uint8_t> colours) {
  const int rows = (static_cast<int>(colours.size()) + colours_width - 1) / colours_width;
  colours.resize(static_cast<std::size_t>(rows) * colours_width);
  pending_->texture.colours = new_texture(GL_NEAREST);
  size_texture(pending_->texture.colours, GL_R8UI, colours_width, rows, colours.data());
  uploaded_bytes_ += colours.size();
}

void Gpu::discard_pending() {
  if (!pending_) return;
  const Texture& t = pending_->texture;
  const std::array<GLuint, 4> ids = {t.id, t.colours, t.taken, t.pushed};
  delete_textures(ids);
  pending_.reset();
}

}  // namespace floodlight::ui
