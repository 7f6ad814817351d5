// libFuzzer: a text is read exactly when the grammar of RFC 8259 has it, and what was read is written so that it reads back.
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "tests/fuzz/require.h"

namespace {

using floodlight::parse_json;
using floodlight::write_json;
using floodlight::fuzz::require;

/// The grammar, rule by rule; each eats what it describes and says whether it was there.
class Grammar {
 public:
  explicit Grammar(std::string_view text) : rest_(text) {}
  bool json_text() { return blanks() && value() && blanks() && rest_.empty(); }

 private:
  bool one_of(std::string_view set) {
    if (rest_.empty() || !set.contains(rest_.front())) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool word(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  bool blanks() {
    while (one_of(" \t\n\r")) {
    }
    return true;
  }
  bool digits() {
    if (!one_of("0123456789")) return false;
    while (one_of("0123456789")) {
    }
    return true;
  }
  bool number() {
    one_of("-");
    if (!one_of("0") && !(one_of("123456789") && (digits() || true))) return false;
    if (one_of(".") && !digits()) return false;
    if (one_of("eE")) {
      one_of("+-");
      return digits();
    }
    return true;
  }
  bool string() {
    if (!one_of("\"")) return false;
    while (!one_of("\"")) {
      if (rest_.empty()) return false;
      if (one_of("\\")) {
        if (one_of("u")) {
          for (int i = 0; i < 4; ++i) {
            if (!one_of("0123456789abcdefABCDEF")) return false;
          }
        } else if (!one_of("\"\\/bfnrt")) {
          return false;
        }
      } else if (static_cast<unsigned char>(rest_.front()) < 0x20) {
        return false;
      } else {
        rest_.remove_prefix(1);
      }
    }
    return true;
  }
  bool member() { return blanks() && string() && blanks() && one_of(":") && element(); }
  bool element() { return blanks() && value() && blanks(); }
  bool value() {
    if (one_of("{")) {
      blanks();
      if (one_of("}")) return true;
      do {
        if (!member()) return false;
      } while (one_of(","));
      return one_of("}");
    }
    if (one_of("[")) {
      blanks();
      if (one_of("]")) return true;
      do {
        if (!element()) return false;
      } while (one_of(","));
      return one_of("]");
    }
    if (rest_.starts_with('"')) return string();
    return word("true") || word("false") || word("null") || number();
  }

  std::string_view rest_;
};

/// What the grammar has and Floodlight still refuses, saying so.
bool beyond_the_grammar(std::string_view message) {
  return message.contains("nested too deep") || message.contains("a number too large") ||
         message.contains("half of a surrogate pair");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto json = parse_json(text);
  // The grammar is one of UTF-8 without a byte order mark.
  std::string_view plain = text;
  if (plain.starts_with("\xEF\xBB\xBF")) plain.remove_prefix(3);
  const bool is_utf16 = plain.size() == text.size() && (plain.starts_with("\xFF\xFE") || plain.starts_with("\xFE\xFF"));
  if (!json) {
    const std::string& message = json.error().message;
    require(message.starts_with("This is not valid JSON: line ") && message.ends_with("."), "a refusal is a sentence");
    require(is_utf16 || beyond_the_grammar(message) || !Grammar(plain).json_text(), "what the grammar has is read");
    return 0;
  }
  require(is_utf16 || Grammar(plain).json_text(), "what the grammar lacks is refused");
  for (const int indent : {0, 1, 4}) {
    const std::string written = write_json(*json, indent);
    const auto back = parse_json(written);
    require(back.has_value(), "what was written can be read");
    require(*back == *json, "what was written reads back as the same");
    require(write_json(*back, indent) == written, "the same is written the same");
  }
  return 0;
}
