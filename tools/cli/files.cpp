// Whole files, in and out.
#include "tools/cli/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <span>
#include <system_error>

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

Result<void> write_file(const fs::path& path, std::span<const std::byte> bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  bool done = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (file != nullptr) done = std::fclose(file) == 0 && done;
  if (!done) return fail(path.string() + " cannot be written: " + std::strerror(errno) + ".");
  return {};
}

}  // namespace

Result<std::vector<std::byte>> read_bytes(const fs::path& path) { return read_file<std::vector<std::byte>>(path); }
Result<std::string> read_text(const fs::path& path) { return read_file<std::string>(path); }

Result<void> make_folder(const fs::path& folder) {
  std::error_code why;
  fs::create_directories(folder, why);
  if (why) return fail("The folder " + folder.string() + " cannot be made: " + why.message() + ".");
  return {};
}

Result<void> write_bytes(const fs::path& path, const Result<std::vector<std::byte>>& content) {
  if (!content) return fail(path.string() + ": " + content.error().message);
  return write_file(path, *content);
}

Result<void> write_text(const fs::path& path, const std::string& text) {
  return write_file(path, std::as_bytes(std::span(text)));
}

}  // namespace floodlight::cli
