// What the app asks of the page and the page answers at once: files out, settings, address, title, theme, the mirror.
#include <cstdlib>

#include <emscripten/em_js.h>

#include "web/app/platform/platform.h"

// web/page/host.js does it, which the page hands over as Module.host.
// clang-format off
EM_JS(void, host_save, (const char* name, const void* bytes, double size, const char* mime), {
  Module["host"].saveFile(UTF8ToString(name), HEAPU8.slice(bytes, bytes + size), UTF8ToString(mime));
});
EM_JS(void, host_choose_file, (bool truth), { Module["host"].chooseFile(truth); });
EM_JS(void, host_show_notices, (), { Module["host"].showNotices(); });
EM_JS(char*, host_setting, (const char* key), {
  const value = Module["host"].setting(UTF8ToString(key));
  return value === null ? 0 : stringToNewUTF8(value);
});
EM_JS(void, host_set_setting, (const char* key, const char* value), {
  Module["host"].setSetting(UTF8ToString(key), UTF8ToString(value));
});
EM_JS(char*, host_fragment, (), { return stringToNewUTF8(location.hash.slice(1)); });
EM_JS(char*, host_address, (), { return stringToNewUTF8(location.href.split('#')[0]); });
EM_JS(void, host_theme, (bool light), { document.documentElement.classList.toggle('light', light); });
EM_JS(void, host_mirror, (const char* differences), { Module["host"].mirror(UTF8ToString(differences)); });
EM_JS(void, host_title, (const char* title), { document.title = UTF8ToString(title); });
// clang-format on

namespace floodlight::platform {
namespace {

/// A text that JavaScript has put into our memory.
std::string taken(char* text) {
  std::string copy(text);
  std::free(text);
  return copy;
}

}  // namespace

void save_file(const std::string& name, std::span<const std::uint8_t> bytes, const std::string& mime) {
  host_save(name.c_str(), bytes.data(), static_cast<double>(bytes.size()), mime.c_str());
}

void open_file_dialog(FilePurpose purpose) { host_choose_file(purpose == FilePurpose::truth); }
void show_notices() { host_show_notices(); }

std::optional<std::string> setting(const std::string& key) {
  char* const value = host_setting(key.c_str());
  if (value == nullptr) return std::nullopt;
  return taken(value);
}

std::string fragment() { return taken(host_fragment()); }
std::string address() { return taken(host_address()); }

void set_setting(const std::string& key, const std::string& value) { host_set_setting(key.c_str(), value.c_str()); }
void set_page_theme(bool light) { host_theme(light); }
void tell_mirror(const std::string& differences) { host_mirror(differences.c_str()); }
void set_title(const std::string& title) { host_title(title.c_str()); }

}  // namespace floodlight::platform
