// A small JSON reader and writer: what recipes need, and no more.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/error.h"

namespace floodlight {

/// One JSON value. Objects keep the order in which their members were written, so that a recipe reads as it was meant.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;
  Json(std::nullptr_t) {}                                  // NOLINT(google-explicit-constructor): literals read
  Json(bool value) : value_(value) {}                      // NOLINT(google-explicit-constructor): as in JSON itself
  Json(double value) : value_(value) {}                    // NOLINT(google-explicit-constructor)
  Json(int value) : value_(static_cast<double>(value)) {}  // NOLINT(google-explicit-constructor)
  Json(std::string value) : value_(std::move(value)) {}    // NOLINT(google-explicit-constructor)
  Json(const char* value) : value_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
  Json(std::string_view value) : value_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
  Json(Array value) : value_(std::move(value)) {}               // NOLINT(google-explicit-constructor)
  Json(Object value) : value_(std::move(value)) {}              // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const double* number() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value_); }
  [[nodiscard]] Object* object() { return std::get_if<Object>(&value_); }

  /// The member of that name, or null when this is no object or lacks it. O(members).
  [[nodiscard]] const Json* find(std::string_view name) const;
  /// The value as it would stand in a file, for messages: `"otsu"`, `3.5`, `[1, 2]`.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::monostate, bool, double, std::string, Array, Object> value_;
};

/// Reads one JSON text (RFC 8259, nested at most 64 deep). Refuses with the line and column of the first fault.
Result<Json> parse_json(std::string_view text);

/// Writes JSON; `indent` spaces a level, 0 for one line. Numbers are the shortest text that reads back to the same double.
std::string write_json(const Json& json, int indent = 0);

/// The shortest decimal text that reads back to the same double: "0.1", "25", "1e+30".
std::string shortest(double value);

}  // namespace floodlight
