// Text that others wrote, as it may stand in a sentence or a table.
#include "core/base/foreign_text.h"

#include <cstdint>
#include <vector>

namespace floodlight {
namespace {

std::uint32_t code_of(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  std::uint32_t code = byte(0) & (0xFFU >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) code = code << 6 | (byte(i) & 0x3FU);
  return code;
}

bool has_no_picture(std::uint32_t code) {
  const auto within = [code](std::uint32_t first, std::uint32_t last) { return code >= first && code <= last; };
  return code < 0x20 || within(0x7F, 0x9F) || code == 0x61C || within(0x200B, 0x200F) || within(0x2028, 0x202E) ||
         within(0x2060, 0x206F) || code == 0xFEFF;
}

std::string named(std::uint32_t code) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "<U+";
  for (int shift = 12; shift >= 0; shift -= 4) text += digits[code >> shift & 0xF];
  return text + ">";
}

}  // namespace

std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  // Longer than needed, halves of surrogate pairs, and what lies beyond the last character.
  const unsigned second = byte(1);
  const bool none = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                    (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return none ? 0 : length;
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      result += "\xEF\xBF\xBD";  // U+FFFD
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string shown(std::string_view text, std::size_t longest) {
  // No more than this is looked at: a name may have megabytes.
  const std::size_t most = 4 * longest;
  std::string head = valid_utf8(text.substr(0, most));
  if (text.size() > 2 * most) {
    head += valid_utf8(text.substr(text.size() - most));
  } else if (text.size() > most) {
    head = valid_utf8(text);
  }
  std::vector<std::string> pieces;
  for (std::string_view rest = head; !rest.empty();) {
    const std::string_view character = rest.substr(0, character_length(rest));
    const std::uint32_t code = code_of(character);
    pieces.push_back(has_no_picture(code) ? named(code) : std::string(character));
    rest.remove_prefix(character.size());
  }
  const bool whole = pieces.size() <= longest && text.size() <= 2 * most;
  const std::size_t end = longest / 2;
  std::string result;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!whole && i == longest - end - 1) {
      result += "...";
      i = pieces.size() - end;
    }
    result += pieces[i];
  }
  return result;
}

std::string python_string(std::string_view text, bool braces) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (code < 0x20 || code == 0x7F) {
      result += {'\\', 'x', digits[code / 16], digits[code % 16]};
    } else {
      if (braces && (c == '{' || c == '}')) result += c;
      result += c;
    }
  }
  return result + "\"";
}

}  // namespace floodlight
