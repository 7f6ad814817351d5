// Translates the browser's keyboard events to Dear ImGui's keys.
#include "web/app/platform/keys.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace floodlight::platform {
namespace {

struct Entry {
  std::string_view name;
  ImGuiKey key;
};

constexpr std::array named_keys = {
    Entry{"ArrowLeft", ImGuiKey_LeftArrow}, Entry{"ArrowRight", ImGuiKey_RightArrow},
    Entry{"ArrowUp", ImGuiKey_UpArrow},     Entry{"ArrowDown", ImGuiKey_DownArrow},
    Entry{"PageUp", ImGuiKey_PageUp},       Entry{"PageDown", ImGuiKey_PageDown},
    Entry{"Home", ImGuiKey_Home},           Entry{"End", ImGuiKey_End},
    Entry{"Insert", ImGuiKey_Insert},       Entry{"Delete", ImGuiKey_Delete},
    Entry{"Backspace", ImGuiKey_Backspace}, Entry{"Enter", ImGuiKey_Enter},
    Entry{"Escape", ImGuiKey_Escape},       Entry{"Tab", ImGuiKey_Tab},
    Entry{"ContextMenu", ImGuiKey_Menu},
};

constexpr std::array placed_keys = {
    Entry{"Space", ImGuiKey_Space},
    Entry{"ControlLeft", ImGuiKey_LeftCtrl},
    Entry{"ControlRight", ImGuiKey_RightCtrl},
    Entry{"ShiftLeft", ImGuiKey_LeftShift},
    Entry{"ShiftRight", ImGuiKey_RightShift},
    Entry{"AltLeft", ImGuiKey_LeftAlt},
    Entry{"AltRight", ImGuiKey_RightAlt},
    Entry{"MetaLeft", ImGuiKey_LeftSuper},
    Entry{"MetaRight", ImGuiKey_RightSuper},
    Entry{"NumpadDecimal", ImGuiKey_KeypadDecimal},
    Entry{"NumpadDivide", ImGuiKey_KeypadDivide},
    Entry{"NumpadMultiply", ImGuiKey_KeypadMultiply},
    Entry{"NumpadSubtract", ImGuiKey_KeypadSubtract},
    Entry{"NumpadAdd", ImGuiKey_KeypadAdd},
    Entry{"NumpadEnter", ImGuiKey_KeypadEnter},
    Entry{"NumpadEqual", ImGuiKey_KeypadEqual},
};

constexpr std::array printed_keys = {
    Entry{"'", ImGuiKey_Apostrophe},  Entry{",", ImGuiKey_Comma},        Entry{"-", ImGuiKey_Minus},
    Entry{".", ImGuiKey_Period},      Entry{"/", ImGuiKey_Slash},        Entry{"?", ImGuiKey_Slash},
    Entry{";", ImGuiKey_Semicolon},   Entry{"=", ImGuiKey_Equal},        Entry{"+", ImGuiKey_Equal},
    Entry{"[", ImGuiKey_LeftBracket}, Entry{"]", ImGuiKey_RightBracket}, Entry{"\\", ImGuiKey_Backslash},
    Entry{"`", ImGuiKey_GraveAccent}, Entry{" ", ImGuiKey_Space},
};

template <std::size_t n>
ImGuiKey find(const std::array<Entry, n>& entries, std::string_view name) {
  const auto found = std::ranges::find(entries, name, &Entry::name);
  return found == entries.end() ? ImGuiKey_None : found->key;
}

ImGuiKey offset(ImGuiKey first, int by) { return static_cast<ImGuiKey>(static_cast<int>(first) + by); }

ImGuiKey letter_or_digit(char c) {
  if (c >= 'a' && c <= 'z') return offset(ImGuiKey_A, c - 'a');
  if (c >= 'A' && c <= 'Z') return offset(ImGuiKey_A, c - 'A');
  if (c >= '0' && c <= '9') return offset(ImGuiKey_0, c - '0');
  return ImGuiKey_None;
}

ImGuiKey function_key(std::string_view key) {
  if (key.size() < 2 || key.size() > 3 || key[0] != 'F') return ImGuiKey_None;
  int number = 0;
  for (const char c : key.substr(1)) {
    if (c < '0' || c > '9') return ImGuiKey_None;
    number = number * 10 + (c - '0');
  }
  return number >= 1 && number <= 24 ? offset(ImGuiKey_F1, number - 1) : ImGuiKey_None;
}

}  // namespace

ImGuiKey translate_key(std::string_view key, std::string_view code) {
  if (const ImGuiKey named = find(placed_keys, code); named != ImGuiKey_None) return named;
  if (const ImGuiKey named = find(named_keys, key); named != ImGuiKey_None) return named;
  if (code.size() == 7 && code.starts_with("Numpad")) {
    const char digit = code[6];
    if (digit >= '0' && digit <= '9') return offset(ImGuiKey_Keypad0, digit - '0');
  }
  if (key.size() == 1) {
    if (const ImGuiKey printed = letter_or_digit(key[0]); printed != ImGuiKey_None) return printed;
    if (const ImGuiKey printed = find(printed_keys, key); printed != ImGuiKey_None) return printed;
  }
  if (const ImGuiKey function = function_key(key); function != ImGuiKey_None) return function;
  if (code.size() == 4 && code.starts_with("Key")) return letter_or_digit(code[3]);
  if (code.size() == 6 && code.starts_with("Digit")) return letter_or_digit(code[5]);
  return ImGuiKey_None;
}

bool is_character(std::string_view key) {
  if (key.empty()) return false;
  const auto first = static_cast<std::uint8_t>(key[0]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return key.size() == length && first >= 0x20 && first != 0x7F;
}

}  // namespace floodlight::platform
