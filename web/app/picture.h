// Pictures to take home: what the image view shows, with legend and scale bar but without its controls, as a PNG.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "imgui.h"

namespace floodlight::ui {

class App;

class Picture {
 public:
  enum class Of : std::uint8_t {
    view,        ///< as large as on the screen, as it stands there
    whole_image  ///< every pixel of the image the same whole number of times
  };
  /// Asks for one, which is made and saved at the end of this frame.
  void want(Of what) { wanted_ = what; }
  /// Within the frame, after everything else was drawn: lays out what was asked for.
  void lay_out(App& app);
  /// After the frame was rendered: draws what was laid out into memory, and saves it.
  void save(App& app);

 private:
  std::optional<Of> wanted_;
  std::unique_ptr<ImDrawList> list_;
  ImVec2 size_;  ///< in CSS pixels
  float ratio_ = 1;
};

}  // namespace floodlight::ui
