// A GPU that draws nothing: it takes what it is given, remembers what it needs to tell two pictures apart, and notes what a
// real one would refuse. In the place of OpenGL ES 3 where the interface is tested without a browser.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace floodlight::test {

/// A rectangle of the screen in device pixels, from its top left corner.
struct ScreenRect {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
};

/// A new GPU: no textures, no programs, no faults.
void start_gpu();

/// From now on what is drawn on the screen within this rectangle is taken down.
void watch_screen(const ScreenRect& rect);
/// A digest of what was drawn there since the screen was last cleared: of every triangle its corners, colours and texels,
/// of every other order its shaders, numbers and the textures that it reads. Equal digests are equal pictures; pictures of
/// different digests were ordered differently, and only a real GPU tells whether that can be seen.
std::uint64_t watched_picture();

/// What a real GPU would have refused, a sentence each.
const std::vector<std::string>& gpu_faults();

}  // namespace floodlight::test
