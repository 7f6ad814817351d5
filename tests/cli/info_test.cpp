// `floodlight info`: what image files say.
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "tests/cli/run_cli.h"
#include "tests/core/files/tiff_fixtures.h"

namespace floodlight {
namespace {

using CliInfo = Cli;

TEST_F(CliInfo, SaysInALineWhatAFileHolds) {
  save("camera.tif", *encode_intensity_tiff(Image<float>(1, 3, {7, 65535, 65535}), PixelType::u16));
  Image<float> broken(2, 2, {1, 2.5F, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()});
  save("broken.tif", *encode_float_tiff(broken));
  const Outcome outcome = run("info cells.tif camera.tif broken.tif");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(
      outcome.out,
      "cells.tif: float32 (32 bits), 60 x 80 pixels (rows x columns), 1 channel, 0.65 um a pixel, values 10 to "
      "200\n"
      "camera.tif: uint16 (16 bits), 1 x 3 pixels (rows x columns), 1 channel, no pixel size, values 7 to 65535, 2 "
      "saturated (at 65535)\n"
      "broken.tif: float32 (32 bits), 2 x 2 pixels (rows x columns), 1 channel, no pixel size, values 1 to 2.5, 2 "
      "NaN or infinite\n");
}

TEST_F(CliInfo, EveryChannelHasItsLineAndColoursTheirLuminance) {
  test::TiffFixture page{.rows = 1, .cols = 2, .samples = 2, .samples_as_bits = {3, 40, 5, 255}};
  save("two.tif", test::tiff_bytes(page));
  test::TiffFixture colour{
      .rows = 1, .cols = 2, .samples = 3, .photometric = 2, .samples_as_bits = {100, 100, 100, 255, 0, 0}};
  save("rgb.tif", test::tiff_bytes(colour));
  const Outcome outcome = run("info two.tif rgb.tif");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "two.tif: uint8 (8 bits), 1 x 2 pixels (rows x columns), 2 channels, no pixel size\n"
            "two.tif, channel 1: values 3 to 5, 0 saturated (at 255)\n"
            "two.tif, channel 2: values 40 to 255, 1 saturated (at 255)\n"
            "rgb.tif: uint8 (8 bits), 1 x 2 pixels (rows x columns), RGB, no pixel size, luminance: values 54.1875 "
            "to 100, 1 saturated (at 255)\n");  // its red is
}

TEST_F(CliInfo, WhatCannotBeReadIsAProblemWithStatus1) {
  save("holiday.tif", test::bytes_of_text("\xFF\xD8\xFF\xE0 JFIF"));
  const Outcome outcome = run("info holiday.tif '*.tiff' cells.tif");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "floodlight: holiday.tif is a JPEG; Floodlight reads TIFF.\n"
            "floodlight: There is no file that matches *.tiff.\n");
  EXPECT_TRUE(outcome.out.starts_with("cells.tif: ")) << outcome.out;
}

TEST_F(CliInfo, JsonSaysTheSameForPrograms) {
  save("holiday.tif", test::bytes_of_text("\xFF\xD8\xFF\xE0 JFIF"));
  save("camera.tif", *encode_intensity_tiff(Image<float>(1, 3, {7, 65535, 65535}), PixelType::u16));
  const Outcome outcome = run("info --json '*.tif'");
  EXPECT_EQ(outcome.status, 1);
  const auto json = parse_json(outcome.out);
  ASSERT_TRUE(json) << json.error().message;
  const Json::Array& files = *json->array();
  ASSERT_EQ(files.size(), 3);
  EXPECT_EQ(*files[0].find("file"), Json("camera.tif"));
  const Json& page = files[0].find("pages")->array()->front();
  EXPECT_EQ(*page.find("type"), Json("uint16"));
  EXPECT_EQ(*page.find("bits"), Json(16));
  EXPECT_EQ(*page.find("rows"), Json(1));
  EXPECT_EQ(*page.find("columns"), Json(3));
  EXPECT_EQ(*page.find("saturates_at"), Json(65535));
  EXPECT_TRUE(page.find("pixel_size_um")->is_null());
  const Json& values = page.find("values")->array()->front();
  EXPECT_EQ(*values.find("minimum"), Json(7));
  EXPECT_EQ(*values.find("maximum"), Json(65535));
  EXPECT_EQ(*values.find("saturated"), Json(2));
  EXPECT_EQ(*files[1].find("pages")->array()->front().find("pixel_size_um"), Json(0.65));
  EXPECT_TRUE(files[1].find("problem")->is_null());
  EXPECT_EQ(*files[2].find("problem"), Json("holiday.tif is a JPEG; Floodlight reads TIFF."));
  EXPECT_TRUE(files[2].find("pages")->array()->empty());
}

}  // namespace
}  // namespace floodlight
