// Without a GPU: what the processor draws. That it is what WebGL draws, tests/page/no_gpu.test.mjs compares.
#include "web/app/gpu/processor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"

#include "tests/interface/images.h"
#include "tests/interface/page.h"
#include "web/app/platform/platform.h"

namespace floodlight::test {
namespace {

namespace processor = ui::processor;
using processor::Rgba;

/// What the page shows now.
const std::vector<Rgba>& shown(Page& page) {
  platform::draw_next_frame();
  page.settled();
  return browser().picture;
}

/// The same lists, drawn in one go.
std::vector<Rgba> whole() {
  const auto size = platform::framebuffer_size();
  return processor::drawn(*ImGui::GetDrawData(), size.width, size.height);
}

Opening without_gpu(Opening opening = {}) {
  opening.has_gpu = false;
  return opening;
}

TEST(WithoutGpu, WhatIsDrawnInPiecesIsTheWholePicture) {
  Page page(without_gpu());
  std::vector<Rgba> before;
  for (const char* act : {"1", "C", "Z", "3", "2", "8", "G", "L", "I", "P", "?"}) {
    page.press(act);
    const std::vector<Rgba>& now = shown(page);
    EXPECT_TRUE(now == whole()) << act;
    EXPECT_TRUE(now != before) << act;
    before = now;
  }
}

/// How many colours a row of the picture has from one column to another.
std::size_t colours(const std::vector<Rgba>& picture, int width, int row, int from, int to) {
  std::set<Rgba> seen;
  for (int col = from; col < to; ++col) seen.insert(picture[static_cast<std::size_t>(row * width + col)]);
  return seen.size();
}

TEST(WithoutGpu, ANumberThatARulerWouldCutIsNotWritten) {
  Page page(without_gpu({.fragment = "v=1&image=nuclei_01&step=filter&zoom=44&centre=276.918,256.5"}));
  const auto told = page.read("^Rulers: rows (\\d+) to (\\d+), columns (\\d+) to (\\d+)$"_re);
  const MirrorItem rulers = page.first(Role::text, "^Rulers: "_re);
  const MirrorItem image = page.first(Role::image, "Image");
  const auto& view = ui::app().view;
  const int width = platform::framebuffer_size().width;
  const float middle = image.rect_min.x + (image.rect_max.x - image.rect_min.x) / 2;
  // Where the column begins that the ruler of the rows covers in part, with the number of one decimal at least.
  const auto left_of = [&](int col) {
    return static_cast<int>(std::round(middle - view.centre.x * view.zoom) + static_cast<float>(col) * view.zoom);
  };
  const int edge = static_cast<int>(rulers.rect_min.x);
  int cut = std::stoi(told[3]);
  while (left_of(cut + 1) <= edge) ++cut;
  ASSERT_LT(left_of(cut), edge) << "a column is covered in part";
  const std::vector<Rgba>& picture = shown(page);
  std::size_t in_part = 0;
  std::size_t whole_ones = 0;
  for (int row = static_cast<int>(rulers.rect_max.y) + 2; row < static_cast<int>(image.rect_max.y) - 60; ++row) {
    in_part = std::max(in_part, colours(picture, width, row, edge + 2, left_of(cut + 1) - 2));
    whole_ones = std::max(whole_ones, colours(picture, width, row, left_of(cut + 1) + 2, left_of(cut + 2) - 2));
  }
  EXPECT_EQ(in_part, 1U) << "nothing but the pixels' own colours";
  EXPECT_GT(whole_ones, 3U) << "digits";
}

TEST(WithoutGpu, EveryStepIsDrawn) {
  Page page(without_gpu());
  std::vector<Rgba> before;
  for (const char* step :
       {"Pixels", "Threshold", "Filter", "Label", "Refine", "Distance", "Seeds", "Watershed", "Measure"}) {
    page.go_to(step);
    const std::vector<Rgba>& now = shown(page);
    EXPECT_TRUE(now != before) << step;
    before = now;
  }
}

TEST(WithoutGpu, ALandscapeIsRefusedInALine) {
  Page page(without_gpu(at("nuclei_01", "watershed")));
  page.press("D");
  EXPECT_TRUE(page.says("^The landscape in 3D needs WebGL 2"_re));
}

TEST(WithoutGpu, APictureIsSavedAllTheSame) {
  Page page(without_gpu(at("nuclei_01", "watershed")));
  shown(page);
  page.press("K");
  page.click("Picture: This view");
  page.settled();
  ASSERT_FALSE(browser().saved.empty());
  EXPECT_EQ(browser().saved.back().mime, "image/png");
}

// A triangle and its neighbour share an edge: each pixel between is filled once, wherever the corners lie.
TEST(Processor, FillsSharedEdgesOnce) {
  constexpr int side = 40;
  ImDrawListSharedData data;
  for (int turn = 0; turn < 50; ++turn) {
    ImDrawList list(&data);
    list._ResetForNewFrame();
    list.PushTexture(ImTextureRef(static_cast<ImTextureID>(0)));
    list.PushClipRect({0, 0}, {side, side});
    list.PrimReserve(6, 4);
    const auto at = [&](float x, float y, float share) {
      return ImVec2(x + share * static_cast<float>(turn % 7), y + share * static_cast<float>(turn % 5));
    };
    const std::array<ImVec2, 4> corners = {at(4, 5, 0.3F), at(33, 7, -0.7F), at(35, 34, -0.4F), at(6, 30, 0.6F)};
    for (const ImDrawIdx i : {0U, 1U, 2U, 0U, 2U, 3U}) list.PrimWriteIdx(i);
    for (const ImVec2 corner : corners) list.PrimWriteVtx(corner, {0, 0}, IM_COL32(255, 255, 255, 128));
    ImDrawData all;
    all.Valid = true;
    all.DisplaySize = {side, side};
    all.FramebufferScale = {1, 1};
    all.AddDrawList(&list);
    const std::vector<Rgba> pixels = processor::drawn(all, side, side);
    const Rgba outside = pixels.front();
    const Rgba inside = pixels[side * side / 2 + side / 2];
    EXPECT_NE(inside, outside);
    EXPECT_TRUE(std::ranges::all_of(pixels, [&](Rgba p) { return p == inside || p == outside; })) << turn;
  }
}

}  // namespace
}  // namespace floodlight::test
