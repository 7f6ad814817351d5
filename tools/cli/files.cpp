// Whole files, in and out.
#include "tools/cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

template <typename Container>
Result<Container> read_file(const fs::path& path) {
  const auto trouble = [&](const char* why) { return fail(path.string() + " cannot be read: " + why + "."); };
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return trouble("it is a folder, not a file");
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return trouble(std::strerror(errno));
  Container content;
  constexpr std::size_t block = std::size_t{1} << 20;
  std::size_t got = block;
  while (got == block) {
    const std::size_t size = content.size();
    content.resize(size + block);
    got = std::fread(content.data() + size, 1, block, file.get());
    content.resize(size + got);
  }
  if (std::ferror(file.get()) != 0) return trouble(std::strerror(errno));
  return content;
}

/// Where the bytes go until the file is whole. What is no plain file (a device, a pipe) has no such place.
fs::path making_of(const fs::path& path) {
  std::error_code ignored;
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) return path;
  return path.string() + ".part-" + std::to_string(getpid());
}

}  // namespace

Result<std::vector<std::byte>> read_bytes(const fs::path& path) { return read_file<std::vector<std::byte>>(path); }
Result<std::string> read_text(const fs::path& path) { return read_file<std::string>(path); }

Result<Intensities> read_image(const std::string& name, const Recipe& recipe) {
  const auto bytes = read_bytes(name);
  if (!bytes) return std::unexpected(bytes.error());
  const TiffSelection selection{.page = recipe.page, .channel = static_cast<int>(recipe.channel) - 1};
  return read_tiff(*bytes, name, selection, native_limits);
}

Result<LabelImage> read_labels(const std::string& name) {
  const auto bytes = read_bytes(name);
  if (!bytes) return std::unexpected(bytes.error());
  return read_label_tiff(*bytes, name, 0, native_limits);
}

FileInTheMaking::FileInTheMaking(fs::path path) : path_(std::move(path)) {
  std::error_code none;
  // A link stays one: the file that it leads to is made anew.
  if (fs::is_symlink(path_, none) && fs::is_regular_file(path_, none)) {
    if (fs::path target = fs::weakly_canonical(path_, none); !none) path_ = std::move(target);
  }
  making_ = making_of(path_);
  file_ = std::fopen(making_.c_str(), "wb");
  if (file_ == nullptr) fail_with(errno);
}

FileInTheMaking::~FileInTheMaking() {
  if (file_ == nullptr) return;
  std::fclose(file_);
  std::error_code ignored;
  if (making_ != path_) fs::remove(making_, ignored);
}

void FileInTheMaking::fail_with(int error_number) {
  if (error_number_ == 0) error_number_ = error_number != 0 ? error_number : EIO;
}

void FileInTheMaking::write(std::string_view bytes) { write(std::as_bytes(std::span(bytes))); }

void FileInTheMaking::write(std::span<const std::byte> bytes) {
  if (error_number_ != 0) return;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) fail_with(errno);
}

Result<void> FileInTheMaking::state() const {
  if (error_number_ == 0) return {};
  return fail(path_.string() + " cannot be written: " + std::strerror(error_number_) + ".");
}

Result<void> FileInTheMaking::finish() {
  if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0) fail_with(errno);
  if (making_ != path_) {
    std::error_code trouble;
    if (error_number_ == 0) fs::rename(making_, path_, trouble);
    if (trouble) fail_with(trouble.value());
    if (error_number_ != 0) fs::remove(making_, trouble);
  }
  return state();
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) return fail("The folder " + folder.string() + " cannot be made: " + why.message() + ".");
  return {};
}

Result<void> write_bytes(const fs::path& path, const Result<std::vector<std::byte>>& content) {
  if (!content) return fail(path.string() + ": " + content.error().message);
  FileInTheMaking file(path);
  file.write(*content);
  return file.finish();
}

Result<void> write_text(const fs::path& path, const std::string& text) {
  FileInTheMaking file(path);
  file.write(text);
  return file.finish();
}

}  // namespace floodlight::cli
