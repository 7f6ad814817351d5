// The GPU's side of the picture: stages as textures, looks as shaders, small pictures for the film strip.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <GLES3/gl3.h>

#include "imgui.h"

#include "core/base/sliced.h"
#include "core/pipeline/pipeline.h"

namespace floodlight::ui {

/// What can be looked at: the pipeline's stages, then what stands beside them.
enum class Layer : std::uint8_t {
  raw,
  filtered,
  raw_mask,
  mask,
  components,
  refined,
  distance,
  seeds,
  labels,
  probability,  ///< of nuclei, as a pixel classifier has it, over the raw image
  experiment,   ///< beside the recipe: fewer bits, a kernel of one's own
  photons,      ///< that made the raw image, where it was simulated
  fates,        ///< of the nuclei against the truth, where that is known: values of FatePixel
  growth,       ///< labels as labelling reaches them
  repairs,      ///< what the repairs of the mask changed: values of Repair
  flood,        ///< labels as the water reaches them
  islands,      ///< the components of the refined mask, which the watershed cuts
  differences,  ///< between these and the labels: values of ComponentFate
  feature,      ///< the one of a pixel classifier's that is looked at
  uncertainty,  ///< of its forest
  passing       ///< the pixels whose way down a tree passes a question
};
inline constexpr std::size_t layer_count = 21;
inline constexpr std::size_t thumbnail_count = 10;  ///< the stages, and the probability between two of them

/// Labels that are reached one after the other.
struct Arrival {
  LabelView labels;
  ImageView<const std::int32_t> taken;   ///< when a pixel is done; -1: never
  ImageView<const std::int32_t> pushed;  ///< from when on it waits
  std::uint32_t version = 0;
};

/// The images that the layers show.
struct LayerImages {
  const Pipeline& pipeline;
  FloatView photons = {};  ///< empty where there is none; so with `fates`
  std::uint32_t photons_version = 0;
  MaskView fates = {};
  std::uint32_t fates_version = 0;
  FloatView experiment = {};
  std::uint32_t experiment_version = 0;
  Arrival growth = {};
  Arrival flood = {};
  MaskView repairs = {};
  std::uint32_t repairs_version = 0;
  LabelView islands = {};
  MaskView differences = {};
  std::uint32_t differences_version = 0;  ///< and of the islands
  FloatView probability = {};
  std::uint32_t probability_version = 0;
  FloatView feature = {};
  std::uint32_t feature_version = 0;
  FloatView uncertainty = {};
  std::uint32_t uncertainty_version = 0;
  MaskView passing = {};
  std::uint32_t passing_version = 0;
  LabelView pinned = {};  ///< a pinned result
  std::uint32_t pinned_version = 0;
  /// Whether the layer has an image.
  [[nodiscard]] bool has(Layer layer) const;
  /// A number that changes whenever the layer has got another image.
  [[nodiscard]] std::uint32_t version(Layer layer) const;
};

enum class ColourMap : std::uint8_t { grey, inverted, viridis, magma, inferno };
inline constexpr std::size_t colour_map_count = 5;

/// How values become colours. Changing any of it uploads nothing.
struct DisplaySettings {
  float window_low = 0;
  float window_high = 1;
  float filtered_low = 0;  ///< the filtered image's: the raw one's, or around 0 where the filter's values are signed
  float filtered_high = 1;
  ColourMap map = ColourMap::grey;
  bool mark_saturated = false;
  float saturation = 0;   ///< values from here on count as saturated
  float photons_low = 0;  ///< the photons' own window
  float photons_high = 1;
  float experiment_low = 0;  ///< and the experiment's
  float experiment_high = 1;
  float feature_low = 0;  ///< the feature's that is looked at
  float feature_high = 1;
  int reached = -1;         ///< pixels that a running filter has done, in raster order; negative: all
  float highlight_low = 1;  ///< values that are pointed at, from and below; none where low > high
  float highlight_high = 0;
  bool highlight_raw = false;  ///< they are the raw image's, else the filtered one's
  int growth_time = 0;         ///< how far labels have been reached
  int flood_time = 0;
  float label_opacity = 0.55F;
  float outline = 1.5F;  ///< in CSS pixels
  bool labels_over_raw = true;
  friend bool operator==(const DisplaySettings&, const DisplaySettings&) = default;
};

/// One look at one layer, in CSS pixels: the image's top left corner at `origin`, `zoom` CSS pixels a pixel, seen through
/// the rectangle from `clip_min` to `clip_max`.
struct LayerView {
  Layer layer = Layer::raw;
  ImVec2 origin;
  float zoom = 1;
  ImVec2 clip_min;
  ImVec2 clip_max;
};

class Gpu {
 public:
  /// Compiles the shaders; call again with a new context. The reason why not, if not: without the intensities nothing can be
  /// looked at. Where another look is refused, the raw image stands in its place.
  std::optional<std::string> start();
  /// What the driver says against a look that it refuses, if it does.
  [[nodiscard]] const std::string& refused() const { return refused_; }
  /// The context is gone, and everything in it.
  void forget();

  /// Uploads, for the layers asked for, what changed since they were last uploaded: at most a few megabytes a call. What
  /// was there before is drawn until all of the new is. True while more is to be uploaded.
  bool upload(const LayerImages& images, const std::vector<Layer>& wanted);
  /// Draws the view where the draw list has come to. The layer's texture must have been uploaded once.
  void draw(ImDrawList& list, const LayerView& view, const DisplaySettings& settings);
  /// Draws the pinned result's outline over it, if there is one.
  void draw_pinned_outline(ImDrawList& list, const LayerView& view, const DisplaySettings& settings);
  /// Whether there is something to draw for the layer.
  [[nodiscard]] bool ready(Layer layer) const;
  /// Whether its present value is there.
  [[nodiscard]] bool up_to_date(const LayerImages& images, Layer layer) const {
    return images.has(layer) && textures_[static_cast<std::size_t>(layer)].version == images.version(layer);
  }
  /// So far.
  [[nodiscard]] std::uint64_t uploaded_bytes() const { return uploaded_bytes_; }

  /// Draws the small pictures anew where stage or settings changed. Call outside of Dear ImGui's frame.
  void refresh_thumbnails(const DisplaySettings& settings);
  struct Thumbnail {
    ImTextureRef texture;
    ImVec2 uv_min;
    ImVec2 uv_max;
  };
  /// The small picture of a stage for the film strip, as it was last refreshed.
  [[nodiscard]] Thumbnail thumbnail(Layer layer) const;
  /// Of a small picture, in device pixels.
  static constexpr int thumbnail_width = 240;
  static constexpr int thumbnail_height = 160;

  /// Small square pictures for choosing an image, kept side by side in one texture, grey values row by row.
  static constexpr int picture_size = 96;
  static constexpr int pictures_a_row = 8;
  static constexpr int picture_rows = 16;
  static constexpr std::size_t picture_slots = std::size_t{pictures_a_row} * picture_rows;
  /// Keeps one under a number of its own below `picture_slots`, in the place of any that was there.
  void upload_picture(std::size_t slot, const std::vector<std::uint8_t>& greys);
  /// Whether one was uploaded under this number since the context was made.
  [[nodiscard]] bool has_picture(std::size_t slot) const;
  /// Where it lies in the texture.
  [[nodiscard]] Thumbnail picture(std::size_t slot) const;

  /// For the draw callback only.
  struct Target {
    float width = 0;  // of the framebuffer, device pixels
    float height = 0;
    float pixel_ratio = 1;
  };
  /// Draws a layer to what is bound now: what `draw` and `draw_pinned_outline` have put into the draw list.
  void draw_now(const LayerView& view, const DisplaySettings& settings, const Target& target,
                bool pinned_outline = false);
  /// What draw lists are rendered to while it is not the screen.
  std::optional<Target> elsewhere;

  // --- for what draws the layers in a way of its own ---------------------------------------------------------------------
  struct Program {
    GLuint id = 0;
    std::vector<std::pair<std::string, GLint>> uniforms;
    [[nodiscard]] GLint uniform(const char* name) const;
  };
  /// Makes a program of a vertex shader and the fragment shader of a look; what the driver says against it, if it does.
  static std::optional<std::string> compile(Program& program, std::string_view vertices, std::string_view look);
  /// The texture that holds the layer as it was last uploaded; 0 before.
  [[nodiscard]] GLuint texture(Layer layer) const { return textures_[static_cast<std::size_t>(layer)].id; }
  /// What flood.frag asks for, on the texture units 0 to 4.
  void set_arrival_uniforms(const Program& program, Layer layer, const DisplaySettings& settings, float ratio) const;
  /// Vertex arrays without any; for shaders that make their own.
  [[nodiscard]] GLuint empty_vertices() const { return empty_vertices_; }

 private:
  struct Texture {
    GLuint id = 0;
    std::uint32_t version = 0;
    int rows = 0;
    int cols = 0;
    GLuint colours = 0;  // of label layers: each label's colour index
    GLuint taken = 0;    // of arrivals: when each pixel is done ...
    GLuint pushed = 0;   // ... and from when on it waits
  };
  /// A stage on its way, beside the one of its layer that is shown.
  struct Upload {
    Layer layer = Layer::raw;
    Texture texture;
    std::optional<Sliced<std::vector<std::uint8_t>>> colours;  ///< while they are computed
    std::size_t part = 0;                                      ///< of its textures, which is filled
    int row = 0;                                               ///< from which on
  };
  /// Within a budget of bytes, which it reduces; true when all of the layer is there.
  bool go_on_with(const LayerImages& images, Layer layer, std::size_t& budget);
  void put_colours(std::vector<std::uint8_t> colours);
  void discard_pending();
  void upload_pinned(const LayerImages& images);
  /// What intensity.frag asks for, but for textures and colours.
  struct IntensityUniforms {
    float low = 0;
    float high = 1;
    float saturation = 0;
    int reached = -1;
    float highlight_low = 1;
    float highlight_high = 0;
  };
  [[nodiscard]] static IntensityUniforms intensity_uniforms(Layer layer, const DisplaySettings& settings);
  void set_intensity_uniforms(const Program& program, Layer layer, const DisplaySettings& settings) const;
  /// `draw_now` where there is no GPU.
  void draw_by_processor(const LayerView& view, const DisplaySettings& settings, const Target& target,
                         bool pinned_outline);
  /// From now on layers are drawn to the small pictures.
  void aim_at_thumbnails() const;

  Program intensity_;
  Program mask_;
  Program distance_;
  Program labels_;
  Program fates_;
  Program flood_;
  Program probability_;
  Program pinned_outline_;
  Texture pinned_texture_;
  GLuint maps_[colour_map_count] = {};
  GLuint empty_vertices_ = 0;
  std::array<Texture, layer_count> textures_{};
  std::optional<Upload> pending_;
  std::string refused_;
  std::uint64_t uploaded_bytes_ = 0;
  std::uint32_t contents_ = 0;  ///< changes whenever a texture of a layer has
  GLuint dry_ = 0;              ///< where no flood is told yet
  GLuint dry_colours_ = 0;
  float highest_distance_ = 1;
  GLuint thumbnail_texture_ = 0;
  GLuint thumbnail_target_ = 0;
  std::array<std::uint32_t, thumbnail_count> thumbnail_versions_{};
  std::array<std::uint32_t, thumbnail_count> thumbnail_raw_versions_{};
  GLuint pictures_ = 0;
  std::vector<bool> picture_there_;
  DisplaySettings thumbnail_settings_;
  bool thumbnail_light_ = false;
};

/// The stage whose value a layer shows.
[[nodiscard]] Stage stage_of(Layer layer);

/// The colour of a value under a map, for text that must stand out against it.
[[nodiscard]] ImVec4 map_colour(ColourMap map, float t);

}  // namespace floodlight::ui
