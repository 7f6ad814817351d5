// The command line program, run as a person runs it.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/files/tiff.h"
#include "tests/core/reference.h"

namespace floodlight {

namespace fs = std::filesystem;

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

inline std::string text_of(const fs::path& path) {
  const std::vector<std::byte> bytes = test::read_bytes(path.string());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Each test works in a folder of its own, with one small image of two nuclei in it.
class Cli : public testing::Test {
 protected:
  Cli() {
    const std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::temp_directory_path() / ("floodlight_cli_" + test + "_" + std::to_string(getpid()));
    fs::create_directories(folder_);
    save("cells.tif", *encode_float_tiff(two_nuclei(), {.pixel_size_um = 0.65}));
  }
  ~Cli() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static Image<float> two_nuclei() {
    Image<float> image(60, 80);
    for (int row = 0; row < image.rows(); ++row) {
      for (int col = 0; col < image.cols(); ++col) {
        const auto inside = [&](int r, int c) { return (row - r) * (row - r) + (col - c) * (col - c) < 100; };
        image[row, col] = inside(25, 25) || inside(35, 55) ? 200.0F : 10.0F;
      }
    }
    return image;
  }

  [[nodiscard]] fs::path at(const std::string& name) const { return folder_ / name; }
  void save(const std::string& name, std::span<const std::byte> bytes) const {
    std::FILE* const file = std::fopen(at(name).c_str(), "wb");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(std::fwrite(bytes.data(), 1, bytes.size(), file), bytes.size());
    EXPECT_EQ(std::fclose(file), 0);
  }
  /// Runs the program in the test's folder.
  [[nodiscard]] Outcome run(const std::string& arguments) const {
    return run_shell(std::string("'") + FLOODLIGHT_CLI + "' " + arguments);
  }
  [[nodiscard]] Outcome run_shell(const std::string& command) const {
    const std::string all = "cd '" + folder_.string() + "' && " + command + " > out.txt 2> err.txt";
    const int status = std::system(all.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(at("out.txt")), text_of(at("err.txt"))};
  }
  [[nodiscard]] LabelImage labels(const std::string& name) const {
    auto image = read_label_tiff(test::read_bytes(at(name).string()), name);
    EXPECT_TRUE(image) << image.error().message;
    return image ? std::move(*image) : LabelImage();
  }
  [[nodiscard]] Intensities image(const std::string& name) const {
    auto read = read_tiff(test::read_bytes(at(name).string()), name);
    EXPECT_TRUE(read) << read.error().message;
    return read ? std::move(*read) : Intensities();
  }

 private:
  fs::path folder_;
};

}  // namespace floodlight
