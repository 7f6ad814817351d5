// Reading JSON. Apart from writing it, which the page's first picture needs.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/base/json.h"

namespace floodlight {
namespace {

constexpr int deepest = 64;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Json> document() {
    auto result = value(0);
    if (!result) return result;
    skip_blanks();
    if (at_ < text_.size()) return fault("something follows the end of the JSON text");
    return result;
  }

 private:
  [[nodiscard]] std::unexpected<Error> fault(const char* what) const {
    int line = 1;
    int column = 1;
    for (std::size_t i = 0; i < at_ && i < text_.size(); ++i) {
      if (text_[i] == '\n') {
        ++line;
        column = 1;
      } else {
        ++column;
      }
    }
    return fail("This is not valid JSON: line " + std::to_string(line) + ", column " + std::to_string(column) + ": " +
                what + ".");
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  Result<Json> value(int depth) {
    if (depth > deepest) return fault("nested too deep");
    skip_blanks();
    switch (peek()) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"': {
        auto s = string();
        if (!s) return std::unexpected(s.error());
        return Json(std::move(*s));
      }
      case 't':
        if (take_word("true")) return Json(true);
        break;
      case 'f':
        if (take_word("false")) return Json(false);
        break;
      case 'n':
        if (take_word("null")) return Json();
        break;
      default:
        return number();
    }
    return fault("expected a value");
  }

  Result<Json> object(int depth) {
    Json::Object members;
    ++at_;
    skip_blanks();
    if (take('}')) return Json(std::move(members));
    for (;;) {
      skip_blanks();
      if (peek() != '"') return fault("expected a name in double quotes");
      auto name = string();
      if (!name) return std::unexpected(name.error());
      skip_blanks();
      if (!take(':')) return fault("expected ':' after the name");
      auto member = value(depth + 1);
      if (!member) return member;
      members.emplace_back(std::move(*name), std::move(*member));
      skip_blanks();
      if (take('}')) return Json(std::move(members));
      if (!take(',')) return fault("expected ',' or '}'");
    }
  }

  Result<Json> array(int depth) {
    Json::Array elements;
    ++at_;
    skip_blanks();
    if (take(']')) return Json(std::move(elements));
    for (;;) {
      auto element = value(depth + 1);
      if (!element) return element;
      elements.push_back(std::move(*element));
      skip_blanks();
      if (take(']')) return Json(std::move(elements));
      if (!take(',')) return fault("expected ',' or ']'");
    }
  }

  static void append_utf8(std::string& out, std::uint32_t code) {
    auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
      put(code);
    } else if (code < 0x800) {
      put(0xC0 | (code >> 6));
      put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      put(0xE0 | (code >> 12));
      put(0x80 | ((code >> 6) & 0x3F));
      put(0x80 | (code & 0x3F));
    } else {
      put(0xF0 | (code >> 18));
      put(0x80 | ((code >> 12) & 0x3F));
      put(0x80 | ((code >> 6) & 0x3F));
      put(0x80 | (code & 0x3F));
    }
  }

  bool hex4(std::uint32_t& code) {
    code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      std::uint32_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        digit = static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
      } else {
        return false;
      }
      code = code * 16 + digit;
      ++at_;
    }
    return true;
  }

  Result<std::string> string() {
    std::string out;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return out;
      }
      if (static_cast<unsigned char>(c) < 0x20) return fault("a control character inside a string");
      ++at_;
      if (c != '\\') {
        out.push_back(c);
        continue;
      }
      const char escape = peek();
      ++at_;
      switch (escape) {
        case '"':
          out.push_back('"');
          break;
        case '\\':
          out.push_back('\\');
          break;
        case '/':
          out.push_back('/');
          break;
        case 'b':
          out.push_back('\b');
          break;
        case 'f':
          out.push_back('\f');
          break;
        case 'n':
          out.push_back('\n');
          break;
        case 'r':
          out.push_back('\r');
          break;
        case 't':
          out.push_back('\t');
          break;
        case 'u': {
          std::uint32_t code = 0;
          if (!hex4(code)) return fault("expected four hexadecimal digits after \\u");
          if (code >= 0xD800 && code < 0xDC00) {
            std::uint32_t low = 0;
            if (!take('\\') || !take('u') || !hex4(low) || low < 0xDC00 || low > 0xDFFF)
              return fault("half of a surrogate pair");
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
          } else if (code >= 0xDC00 && code <= 0xDFFF) {
            return fault("half of a surrogate pair");
          }
          append_utf8(out, code);
          break;
        }
        default:
          return fault("an unknown escape in a string");
      }
    }
    return fault("a string without its closing quote");
  }

  bool digits() {
    const std::size_t from = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > from;
  }

  Result<Json> number() {
    const std::size_t from = at_;
    take('-');
    if (take('0')) {
      if (peek() >= '0' && peek() <= '9') return fault("a number that begins with 0");
    } else if (!digits()) {
      at_ = from;
      return fault("expected a value");
    }
    if (take('.') && !digits()) return fault("expected digits after the decimal point");
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!digits()) return fault("expected digits in the exponent");
    }
    const double parsed = std::strtod(std::string(text_.substr(from, at_ - from)).c_str(), nullptr);
    if (!std::isfinite(parsed)) return fault("a number too large");
    return Json(parsed);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// UTF-16 as UTF-8; halves of pairs that are alone become U+FFFD, and so does half a unit at the end.
std::string from_utf16(std::string_view text, bool big_endian) {
  const auto unit = [&](std::size_t i) -> unsigned {
    if (i + 1 >= text.size()) return 0;
    const auto first = static_cast<unsigned char>(text[i]);
    const auto second = static_cast<unsigned char>(text[i + 1]);
    return big_endian ? first * 256U + second : second * 256U + first;
  };
  std::string result;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    unsigned code = unit(i);
    if (code >= 0xD800 && code < 0xDC00 && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
      i += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    const auto put = [&](unsigned byte) { result += static_cast<char>(byte); };
    if (code < 0x80) {
      put(code);
      continue;
    }
    if (code >= 0x10000) put(0xF0 | code >> 18);
    if (code >= 0x10000) put(0x80 | (code >> 12 & 0x3F));
    if (code >= 0x800 && code < 0x10000) put(0xE0 | code >> 12);
    put(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  }
  if (text.size() % 2 == 1) result += "\xEF\xBF\xBD";
  return result;
}

}  // namespace

// A byte order mark before it is passed over, and UTF-16 that has one is read: so a Windows shell's `>` writes.
Result<Json> parse_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  } else if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return Reader(from_utf16(text.substr(2), text.front() == '\xFE')).document();
  }
  return Reader(text).document();
}

}  // namespace floodlight
