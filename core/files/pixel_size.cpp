// How large a pixel is, as the many programs that write TIFFs say it.
#include "core/files/pixel_size.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <tiff.h>

namespace floodlight::tiff_detail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Every spelling of the micro sign as the letter u: UTF-8 (two code points look alike), Latin-1, Java's escape, XML's
/// entities; the rest in lower case, without blanks at the ends.
std::string plain_unit(std::string_view unit) {
  while (!unit.empty() && is_blank(unit.front())) unit.remove_prefix(1);
  while (!unit.empty() && is_blank(unit.back())) unit.remove_suffix(1);
  std::string text(unit.substr(0, 40));
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const std::string_view micro :
       {"\xC2\xB5", "\xCE\xBC", "\xB5", "\\u00b5", "\\u03bc", "&#181;", "&#956;", "&#xb5;", "&#x3bc;", "&micro;"}) {
    if (text.starts_with(micro)) text.replace(0, micro.size(), "u");
  }
  return text;
}

std::optional<double> micrometres(std::string_view unit) {
  struct Unit {
    std::string_view name;
    double um;
  };
  constexpr auto units = std::to_array<Unit>({
      {"um", 1},           {"micron", 1},       {"micrometer", 1},   {"micrometre", 1},   {"nm", 1e-3},
      {"nanometer", 1e-3}, {"nanometre", 1e-3}, {"mm", 1e3},         {"millimeter", 1e3}, {"millimetre", 1e3},
      {"cm", 1e4},         {"centimeter", 1e4}, {"centimetre", 1e4}, {"m", 1e6},          {"meter", 1e6},
      {"metre", 1e6},      {"pm", 1e-6},        {"inch", 25400},     {"inche", 25400},  // "inches" without its s
      {"in", 25400},
  });
  std::string plain = plain_unit(unit);
  if (plain.size() > 3 && plain.ends_with('s')) plain.pop_back();
  const auto found = std::ranges::find(units, plain, &Unit::name);
  return found != units.end() ? std::optional(found->um) : std::nullopt;
}

// A resolution passes through a fraction and a float32: 0.65 comes back as 0.650000012.
double six_digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return std::strtod(text.data(), nullptr);
}

std::optional<PixelSize> of(std::optional<double> width, std::optional<double> height) {
  const auto good = [](std::optional<double> v) { return v && *v > 0 && std::isfinite(*v); };
  if (!good(width)) return {};
  return PixelSize{.width = *width, .height = good(height) ? *height : *width};
}

std::optional<PixelSize> of_ome(std::string_view pixels) {
  const auto size = [&](std::string_view name) -> std::optional<double> {
    const auto text = attribute(pixels, name);
    const auto value = text ? leading_number(*text) : std::nullopt;
    const auto unit = micrometres(attribute(pixels, std::string(name) + "Unit").value_or("um"));
    return value && unit ? std::optional(*value * *unit) : std::nullopt;
  };
  return of(size("PhysicalSizeX"), size("PhysicalSizeY"));
}

/// `<prop id="spatial-calibration-x" type="float" value="0.65"/>`
std::optional<PixelSize> of_metaseries(std::string_view description) {
  const auto property = [&](std::string_view id) -> std::optional<std::string_view> {
    for (std::size_t at = description.find("<prop "); at != std::string_view::npos;
         at = description.find("<prop ", at + 1)) {
      const std::string_view element = description.substr(at, description.find('>', at) - at);
      if (attribute(element, "id") == id) return attribute(element, "value");
    }
    return {};
  };
  if (property("spatial-calibration-state").value_or("on") != "on") return {};
  const auto unit = micrometres(property("spatial-calibration-units").value_or(""));
  const auto size = [&](std::string_view id) -> std::optional<double> {
    const auto text = property(id);
    const auto value = text ? leading_number(*text) : std::nullopt;
    return value && unit ? std::optional(*value * *unit) : std::nullopt;
  };
  return of(size("spatial-calibration-x"), size("spatial-calibration-y"));
}

/// JSON of Micro-Manager 1.4 and 2; "PixelSizeUm" is the microscope's, 0 where it was not calibrated.
std::optional<PixelSize> of_micro_manager(std::string_view json) {
  for (const std::string_view key : {"\"PixelSizeUm\"", "\"PixelSize_um\""}) {
    const auto rest = text_after(json, key, ",}");
    const auto value = rest ? leading_number(rest->substr(std::min(rest->find(':') + 1, rest->size()))) : std::nullopt;
    if (const auto size = of(value, value)) return size;
  }
  return {};
}

std::optional<PixelSize> of_zeiss_lsm(const Skeleton& skeleton, std::uint64_t place) {
  constexpr std::uint64_t old_magic = 0x0300494C;
  constexpr std::uint64_t magic = 0x0400494C;
  const auto found = skeleton.integer(place, 4);
  if (found != magic && found != old_magic) return {};
  const auto metres = [&](std::uint64_t offset) -> std::optional<double> {
    const auto value = skeleton.real(place + offset);
    return value ? std::optional(six_digits(*value * 1e6)) : std::nullopt;
  };
  return of(metres(40), metres(48));
}

/// Pairs of a property's number and its value, which for these is the place of a fraction or of a text.
std::optional<PixelSize> of_metamorph(const Skeleton& skeleton, const Entry& entry) {
  constexpr std::uint64_t most_properties = 256;
  const auto place_of = [&](std::uint64_t property) -> std::optional<std::uint64_t> {
    for (std::uint64_t i = 0; i < std::min(entry.count, most_properties); ++i) {
      if (skeleton.integer(entry.place + 8 * i, 4) == property) return skeleton.integer(entry.place + 8 * i + 4, 4);
    }
    return {};
  };
  const auto fraction = [&](std::uint64_t property) -> std::optional<double> {
    const auto place = place_of(property);
    if (!place) return {};
    return skeleton.number({.tag = 0, .type = TIFF_RATIONAL, .count = 1, .place = *place, .offset = 0});
  };
  const auto units = place_of(6);
  if (!units) return {};
  const std::uint64_t length = std::min<std::uint64_t>(skeleton.integer(*units, 4).value_or(0), 40);
  const auto unit =
      micrometres(skeleton.text({.tag = 0, .type = TIFF_ASCII, .count = length, .place = *units + 4, .offset = 0}));
  const auto size = [&](std::uint64_t property) -> std::optional<double> {
    const auto value = fraction(property);
    return value && unit ? std::optional(six_digits(*value * *unit)) : std::nullopt;
  };
  return of(size(4), size(5));
}

/// Printers and screens have round numbers of dots an inch.
bool speaks_of_paper(double micrometres_per_pixel) {
  constexpr double largest_microscopes = 20;
  constexpr double smallest_plausible = 0.001;
  constexpr double most_dots_an_inch = 9600;
  if (micrometres_per_pixel > largest_microscopes || micrometres_per_pixel < smallest_plausible) return true;
  const double dots = 25400 / micrometres_per_pixel;
  if (dots > most_dots_an_inch + 1) return false;
  return std::ranges::any_of(std::array{100.0, 72.0, 96.0}, [&](double step) {
    const double nearest = std::round(dots / step) * step;
    return std::abs(dots - nearest) < 1e-4 * nearest;
  });
}

std::optional<PixelSize> of_resolution(const Directory& directory, std::string_view description) {
  const auto per_pixel = [&](std::uint16_t tag) -> std::optional<double> {
    const auto resolution = directory.number(tag);
    return resolution && *resolution > 0 ? std::optional(1 / *resolution) : std::nullopt;
  };
  const auto width = per_pixel(TIFFTAG_XRESOLUTION);
  const auto height = per_pixel(TIFFTAG_YRESOLUTION);
  if (!width) return {};
  const auto in = [&](std::optional<double> unit, std::optional<double> unit_y) {
    const auto times = [](std::optional<double> a, std::optional<double> b) {
      return a && b ? std::optional(six_digits(*a * *b)) : std::nullopt;
    };
    return of(times(width, unit), times(height, unit_y));
  };
  if (description.starts_with("ImageJ=")) {
    if (const auto unit = text_after(description, "\nunit=", "\r\n"); unit && !unit->empty()) {
      return in(micrometres(*unit), micrometres(text_after(description, "\nyunit=", "\r\n").value_or(*unit)));
    }
  }
  const std::uint64_t unit = directory.value(TIFFTAG_RESOLUTIONUNIT).value_or(RESUNIT_INCH);
  if (unit != RESUNIT_INCH && unit != RESUNIT_CENTIMETER) return {};
  const double um = unit == RESUNIT_INCH ? 25400 : 10000;
  const auto size = in(um, um);
  return size && !speaks_of_paper(size->width) && !speaks_of_paper(size->height) ? size : std::nullopt;
}

}  // namespace

std::optional<double> leading_number(std::string_view text) {
  const std::string copy(text.substr(0, 40));
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  return end != copy.c_str() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::string_view> text_after(std::string_view text, std::string_view key, std::string_view stops) {
  const std::size_t found = text.find(key);
  if (found == std::string_view::npos) return {};
  const std::string_view rest = text.substr(found + key.size());
  return rest.substr(0, std::min(rest.find_first_of(stops), rest.size()));
}

std::optional<std::string_view> attribute(std::string_view element, std::string_view name) {
  for (std::size_t at = element.find(name); at != std::string_view::npos; at = element.find(name, at + 1)) {
    if (at == 0 || !is_blank(element[at - 1])) continue;
    std::size_t i = at + name.size();
    while (i < element.size() && is_blank(element[i])) ++i;
    if (i == element.size() || element[i] != '=') continue;
    do ++i;
    while (i < element.size() && is_blank(element[i]));
    if (i == element.size() || (element[i] != '"' && element[i] != '\'')) continue;
    const std::size_t end = element.find(element[i], i + 1);
    if (end == std::string_view::npos) return {};
    return element.substr(i + 1, end - i - 1);
  }
  return {};
}

std::optional<std::string_view> ome_pixels(std::string_view description) {
  if (description.find("<OME") == std::string_view::npos) return {};
  const std::size_t begin = std::min(description.find("<Pixels"), description.find("<OME:Pixels"));
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = description.substr(begin);
  return rest.substr(0, rest.find('>'));
}

std::optional<PixelSize> pixel_size_of(const Directory& directory, std::string_view description) {
  if (const auto pixels = ome_pixels(description)) {
    if (const auto size = of_ome(*pixels)) return size;
  }
  if (description.starts_with("<MetaData>")) {
    if (const auto size = of_metaseries(description)) return size;
  }
  if (description.starts_with("Aperio")) {
    const auto mpp = text_after(description, "|MPP =", "|");
    const auto width = mpp ? leading_number(*mpp) : std::nullopt;
    if (const auto size = of(width, width)) return size;
  }
  if (const Entry* const entry = directory.find(micro_manager_tag)) {
    if (const auto size = of_micro_manager(directory.skeleton().text(*entry))) return size;
  }
  if (const Entry* const entry = directory.find(zeiss_lsm_tag)) {
    if (const auto size = of_zeiss_lsm(directory.skeleton(), entry->place)) return size;
  }
  if (const Entry* const entry = directory.find(metamorph_tag)) {
    if (const auto size = of_metamorph(directory.skeleton(), *entry)) return size;
  }
  return of_resolution(directory, description);
}

}  // namespace floodlight::tiff_detail
