// Which files are meant: patterns are followed folder by folder.
#include "tools/cli/paths.h"

#include <algorithm>
#include <string_view>
#include <system_error>

namespace floodlight::cli {
namespace {

namespace fs = std::filesystem;

bool is_pattern(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

/// The bytes of the UTF-8 character at the text's beginning, which must not be empty.
std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80) ++length;
  return length;
}

/// Whether the whole name matches. Goes back to the last `*` only, so that it takes O(name x pattern) at most.
bool matches(std::string_view name, std::string_view pattern) {
  if (name.starts_with('.') && !pattern.starts_with('.')) return false;
  std::size_t n = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t tried = 0;  // how far the last star's match reaches
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      tried = n;
    } else if (p < pattern.size() && pattern[p] == '?') {
      n += character_length(name.substr(n));
      ++p;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++n;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++tried;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

/// Adds what matches the rest of a pattern below `folder`, which is empty or ends with a slash.
void follow(const std::string& folder, std::string_view pattern, std::vector<std::string>& found) {
  const std::size_t slash = pattern.find('/');
  const std::string_view part = pattern.substr(0, slash);
  const bool last = slash == std::string_view::npos;
  const auto go_on = [&](const std::string& name) {
    const std::string path = folder + name;
    std::error_code ignored;  // what cannot be looked at does not match
    if (last) {
      if (fs::exists(path, ignored) && !fs::is_directory(path, ignored)) found.push_back(path);
    } else if (fs::is_directory(path.empty() ? "/" : path, ignored)) {
      follow(path + "/", pattern.substr(slash + 1), found);
    }
  };
  if (!is_pattern(part)) {
    go_on(std::string(part));
    return;
  }
  std::error_code over;
  for (fs::directory_iterator entry(folder.empty() ? "." : folder, over), end; !over && entry != end;
       entry.increment(over)) {
    const std::string name = entry->path().filename().string();
    if (matches(name, part)) go_on(name);
  }
}

}  // namespace

Result<std::vector<std::string>> matching_files(const std::string& operand) {
  std::error_code ignored;
  if (!is_pattern(operand) || fs::exists(operand, ignored)) return std::vector{operand};
  std::vector<std::string> found;
  follow("", operand, found);
  if (found.empty()) return fail("There is no file that matches " + operand + ".");
  std::ranges::sort(found);
  return found;
}

std::string identity_of(const fs::path& path) {
  std::error_code trouble;
  // Only the folder: a link to a file is a name of its own, beside which results are saved.
  const fs::path folder = fs::weakly_canonical(path.has_parent_path() ? path.parent_path() : ".", trouble);
  if (trouble) return fs::absolute(path, trouble).lexically_normal().string();
  return (folder / path.filename()).string();
}

}  // namespace floodlight::cli
