#include "core/learn/json_checks.h"

#include <algorithm>
#include <cmath>

#include "core/base/foreign_text.h"

namespace floodlight {

std::optional<double> whole_number(const Json& json, double low, double high) {
  const double* number = json.number();
  if (number == nullptr || *number != std::trunc(*number) || *number < low || *number > high) return std::nullopt;
  return *number;
}

std::string quoted(const Json& json) {
  constexpr std::size_t longest = 40;
  std::string text = json.text();
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

Result<void> check_members(const Json& json, const std::string& what, std::initializer_list<const char*> names) {
  if (json.object() == nullptr) return fail(what + " is " + quoted(json) + "; it must be an object.");
  for (const char* name : names) {
    if (json.find(name) == nullptr) return fail(what + " has no \"" + name + "\".");
  }
  for (const auto& [name, value] : *json.object()) {
    if (std::ranges::count(names, name, [](const char* known) { return std::string(known); }) == 0)
      return fail(what + " has a member \"" + shown(name) + "\", which none has.");
  }
  if (json.object()->size() != names.size()) return fail(what + " has a member twice.");
  return {};
}

}  // namespace floodlight
