// What a computation gives back when it cannot do what was asked: a sentence for the student.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace floodlight {

/// Says what was wrong and what would be right, in one sentence that can stand on screen as it is.
struct Error {
  std::string message;
};

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string message) { return std::unexpected(Error{std::move(message)}); }

}  // namespace floodlight
