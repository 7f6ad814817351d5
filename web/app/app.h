// The app's state: the image, the recipe, where the student is and what is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pipeline.h"
#include "core/recipe.h"
#include "core/tiff.h"
#include "web/app/gpu.h"

namespace floodlight::ui {

enum class StepId : std::uint8_t { pixels, threshold, filter, label, refine, distance, seeds, watershed, measure };
inline constexpr std::size_t step_count = 9;

/// How the two pictures of a step share the view.
enum class Comparison : std::uint8_t { before, split, side_by_side, after };

/// Where the image at hand came from, and what its file says of it.
struct ImageSource {
  std::string name;                   ///< the file's name, or the sample's title
  std::string stem;                   ///< what saved files are named after
  std::optional<std::size_t> sample;  ///< its place in the list of samples
  std::vector<std::uint8_t> bytes;    ///< of the file, for its other pages and channels
  std::vector<TiffPage> pages;
  PixelType type = PixelType::u16;
  double type_maximum = 0;
  std::int64_t saturated = 0;
  std::int64_t nonfinite = 0;
  bool rounded = false;
  double minimum = 0;
  double maximum = 0;
  std::optional<double> pixel_size_um;
};

struct ViewState {
  ImVec2 centre;          ///< of the view, in pixels of the image (x: column, y: row)
  float zoom = 1;         ///< CSS pixels per pixel
  bool fitted = true;     ///< the whole image is shown, also after the window has changed
  float target_zoom = 1;  ///< where a smooth zoom is going
  ImVec2 anchor;          ///< the point of the screen that stays put meanwhile
  float split = 0.5F;     ///< where the divider stands, as a share of the width
  std::optional<Pixel> hovered;
  std::optional<Pixel> pinned;
  ImVec2 area_min;  ///< the image area on the screen, set by each frame
  ImVec2 area_max;
};

class App {
 public:
  App();

  /// Draws one whole frame.
  void frame();
  void context_lost();
  void context_restored();

  // --- what the student does -----------------------------------------------------------------------------------------------
  void open_sample(std::size_t index);
  /// A file that was dropped or chosen. What cannot be read gives a message and changes nothing else.
  void open_file(const std::string& name, std::vector<std::uint8_t> bytes);
  /// Reads the file at hand anew after its page or channel was changed in the recipe.
  void reread_file();
  void edit_recipe(const Recipe& recipe);
  void go_to(StepId step);
  void save_labels();
  /// The value of the step's stage as a TIFF.
  void save_stage(Stage stage);
  void fit();
  void zoom_by(float factor);
  void set_zoom(float zoom);
  /// So close that the numbers can be read.
  void zoom_to_pixel();
  void set_presenting(bool presenting);
  void set_light(bool light);
  /// Moves the pinned pixel; pins the middle of the view first when there is none.
  void move_pin(int rows, int cols);

  // --- state -----------------------------------------------------------------------------------------------------------------
  Pipeline pipeline;
  Gpu gpu;
  ImageSource image;
  DisplaySettings display;
  ViewState view;
  StepId step = StepId::watershed;
  Comparison comparison = Comparison::after;
  bool threshold_on_raw = true;  ///< step 2 shows the method on the raw image; changes no recipe
  bool logarithmic = true;       ///< the histogram's counts
  bool labels_as_uint16 = false;
  bool presenting = false;
  bool help_open = false;
  bool palette_open = false;
  std::string palette_query;
  std::size_t palette_choice = 0;
  int sort_column = 0;           ///< of the measurements
  float explanation_height = 0;  ///< of the panel's lower part, the tallest since the step was opened
  std::string message;           ///< what went wrong, until it is dismissed

  [[nodiscard]] const Recipe& recipe() const { return pipeline.recipe(); }
  [[nodiscard]] const StageValues& values() const { return pipeline.values(); }
  /// The pixel that is explained: the pinned one, else the one under the pointer.
  [[nodiscard]] std::optional<Pixel> probed() const { return view.pinned ? view.pinned : view.hovered; }
  [[nodiscard]] bool has(Stage stage) const { return pipeline.has(stage); }

 private:
  void use_image(ImageSource source, Image<float> pixels, const Recipe& recipe);
  void handle_keys();
};

/// The app, which lives as long as the page.
App& app();

}  // namespace floodlight::ui
