#include "core/base/json.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace floodlight {
namespace {

void quote(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          char escape[8];
          std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
          out += escape;
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

class Writer {
 public:
  explicit Writer(int indent) : indent_(indent) {}

  void write(const Json& json, int depth) {
    if (const auto* b = json.boolean()) {
      out += *b ? "true" : "false";
    } else if (const auto* n = json.number()) {
      out += std::isfinite(*n) ? shortest(*n) : "null";  // JSON has no NaN; a recipe means "none" by it
    } else if (const auto* s = json.string()) {
      quote(out, *s);
    } else if (const auto* a = json.array()) {
      list('[', ']', a->size(), depth, [&](std::size_t i) { write((*a)[i], depth + 1); });
    } else if (const auto* o = json.object()) {
      list('{', '}', o->size(), depth, [&](std::size_t i) {
        quote(out, (*o)[i].first);
        out += ": ";
        write((*o)[i].second, depth + 1);
      });
    } else {
      out += "null";
    }
  }

  std::string out;

 private:
  template <typename Element>
  void list(char open, char close, std::size_t count, int depth, Element element) {
    out.push_back(open);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += indent_ > 0 ? "," : ", ";
      break_line(depth + 1);
      element(i);
    }
    if (count > 0) break_line(depth);
    out.push_back(close);
  }

  void break_line(int depth) {
    if (indent_ == 0) return;
    out.push_back('\n');
    out.append(static_cast<std::size_t>(depth * indent_), ' ');
  }

  int indent_;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
  const auto* members = object();
  if (members == nullptr) return nullptr;
  for (const auto& [key, value] : *members) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string Json::text() const { return write_json(*this); }

std::string write_json(const Json& json, int indent) {
  Writer writer(indent);
  writer.write(json, 0);
  return std::move(writer.out);
}

std::string shortest(double value) {
  // Without to_chars(double), which would add 43 KB to the page: the fewest digits that survive the way back.
  char text[40];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  if (std::abs(value) < 1e15 && value == std::trunc(value)) std::snprintf(text, sizeof text, "%.0f", value);
  return text;
}

}  // namespace floodlight
