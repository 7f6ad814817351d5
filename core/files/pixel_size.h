// How large a pixel is, as the many programs that write TIFFs say it.
#pragma once

#include <optional>
#include <string_view>

#include "core/files/tiff_skeleton.h"

namespace floodlight::tiff_detail {

/// In micrometres.
struct PixelSize {
  double width = 0;
  double height = 0;
};

/// The pixel size that a file's first directory tells: OME-XML, ImageJ's `unit=` with the resolution, MetaSeries' XML,
/// Aperio's `MPP`, Micro-Manager's, MetaMorph's and Zeiss LSM's own tags, else a resolution that speaks of a microscope:
/// paper has 72 to 9600 dots an inch, in round numbers. `description` is the directory's. Where only a width is told,
/// pixels are square.
std::optional<PixelSize> pixel_size_of(const Directory& directory, std::string_view description);

/// The number at the text's beginning, after blanks, when it is finite.
std::optional<double> leading_number(std::string_view text);

/// The text between `key` and the first of `stops`, or nothing.
std::optional<std::string_view> text_after(std::string_view text, std::string_view key, std::string_view stops);

/// The value of an XML element's attribute, in quotes of either kind; `element` is its text from `<` to `>`.
std::optional<std::string_view> attribute(std::string_view element, std::string_view name);

/// The text of OME's first `<Pixels ...>`, or nothing.
std::optional<std::string_view> ome_pixels(std::string_view description);

}  // namespace floodlight::tiff_detail
