// SHA-256, to compare arrays with the digests of reference results.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace floodlight::test {

/// The digest of some bytes (FIPS 180-4), as 64 lower-case hexadecimal digits.
std::string sha256(std::span<const std::byte> bytes);

}  // namespace floodlight::test
